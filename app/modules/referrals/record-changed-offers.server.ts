import type { Tx } from '~/platform/db/index.server';

/**
 * Discounts changed in Shopify: pools that give codes, and codes friends have, are to be looked at. Also our own changes come as
 * news. Set-wise and idempotent; two small queries for discounts that are none of ours.
 */
export async function recordChangedOffers(
  tx: Tx,
  { shopId, discountIds, now }: { shopId: number; discountIds: bigint[]; now: Date },
): Promise<void> {
  const data = { nextAttemptAt: now, attempts: 0 };
  const where = { shopId, discountId: { in: discountIds } };
  await tx.referralPool.updateMany({ where: { ...where, state: 'open' }, data });
  await tx.referral.updateMany({ where: { ...where, state: 'claimed', offerState: 'made' }, data });
}
