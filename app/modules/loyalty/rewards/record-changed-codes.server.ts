import type { Tx } from '~/platform/db/index.server';

/**
 * Discounts changed in Shopify: the rewards among them are to be looked at, issued ones and those whose points are back. Also our own
 * changes come as news. Set-wise and idempotent; one small query for discounts that are nobody's reward.
 */
export async function recordChangedCodes(
  tx: Tx,
  { shopId, discountIds, now }: { shopId: number; discountIds: bigint[]; now: Date },
): Promise<void> {
  // Gift cards and store credit have numbers of their own; one being cancelled is in work.
  await tx.$executeRaw`
    UPDATE redemptions SET next_attempt_at = ${now}, attempts = 0
    WHERE shop_id = ${shopId} AND id = ANY (ARRAY (
      SELECT id FROM redemptions
      WHERE shop_id = ${shopId} AND discount_id = ANY (${discountIds}::bigint[])
        AND state IN ('confirmed', 'cancelled') AND cancel_requested_at IS NULL
        AND terms ->> 'kind' NOT IN ('gift_card', 'store_credit')
      ORDER BY id FOR NO KEY UPDATE))`;
}
