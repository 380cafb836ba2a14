import { z } from 'zod';
import type { Tx } from '~/platform/db/index.server';
import { AppError } from '~/platform/errors';
import { getAffiliate } from './get-affiliate.server';
import { lockAffiliates } from './lock-affiliates.server';

export interface CodeInput {
  shopId: number;
  affiliateId: bigint;
  code: string;
  now: Date;
}

const codeSchema = z
  .string()
  .trim()
  .regex(/^[^\s,]{1,100}$/);

/**
 * From `now` on, orders with this discount code of the shop are the affiliate's. The code itself lives in Shopify. Idempotent.
 * Throws `not_found`; `invalid` for what is no code; `conflict` when it is another affiliate's.
 */
export async function assignCode(tx: Tx, { shopId, affiliateId, code, now }: CodeInput): Promise<void> {
  const parsed = codeSchema.safeParse(code);
  if (!parsed.success) throw refused('invalid', 'Enter one discount code, without spaces or commas.');
  await getAffiliate(tx, { shopId, affiliateId });
  await lockAffiliates(tx, { shopId });
  const [open] = await tx.$queryRaw<{ affiliateId: bigint }[]>`
    SELECT affiliate_id AS "affiliateId" FROM affiliate_codes
    WHERE shop_id = ${shopId} AND lower(code) = lower(${parsed.data}) AND to_at IS NULL`;
  if (open?.affiliateId === affiliateId) return;
  if (open) throw refused('conflict', 'This code belongs to another affiliate. Take it from them first.');
  await tx.affiliateCode.create({ data: { shopId, affiliateId, code: parsed.data, fromAt: now } });
}

function refused(kind: 'invalid' | 'conflict', userMessage: string): AppError {
  return new AppError(kind, { message: `affiliate code: ${userMessage}`, userMessage });
}
