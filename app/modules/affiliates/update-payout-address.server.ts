import { z } from 'zod';
import type { Tx } from '~/platform/db/index.server';
import { AppError } from '~/platform/errors';

const addressSchema = z
  .string()
  .trim()
  .max(500)
  .transform((text) => text || null);

/** Where an affiliate wants to be paid, in their own words. Idempotent. Throws `invalid`. */
export async function updatePayoutAddress(
  tx: Tx,
  { shopId, affiliateId, payoutTo }: { shopId: number; affiliateId: bigint; payoutTo: string },
): Promise<void> {
  const parsed = addressSchema.safeParse(payoutTo);
  if (!parsed.success) {
    throw new AppError('invalid', {
      message: 'payout address: too long',
      userMessage: 'Enter at most 500 characters.',
    });
  }
  // An erased person stays erased.
  await tx.affiliate.updateMany({
    where: { shopId, id: affiliateId, forgottenAt: null },
    data: { payoutTo: parsed.data },
  });
}
