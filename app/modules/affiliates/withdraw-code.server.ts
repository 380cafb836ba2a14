import type { Tx } from '~/platform/db/index.server';
import type { CodeInput } from './assign-code.server';
import { getAffiliate } from './get-affiliate.server';
import { lockAffiliates } from './lock-affiliates.server';

/** From `now` on, orders with this code are nobody's; what it brought before stays. Idempotent. */
export async function withdrawCode(tx: Tx, { shopId, affiliateId, code, now }: CodeInput): Promise<void> {
  await getAffiliate(tx, { shopId, affiliateId });
  await lockAffiliates(tx, { shopId });
  await tx.$executeRaw`
    UPDATE affiliate_codes SET to_at = ${now}
    WHERE shop_id = ${shopId} AND affiliate_id = ${affiliateId} AND lower(code) = lower(${code.trim()}) AND to_at IS NULL`;
}
