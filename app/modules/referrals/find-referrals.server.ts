import type { Tx } from '~/platform/db/index.server';

export interface Concerned {
  shopId: number;
  /** Orders that were told or changed. */
  orderIds?: bigint[];
  /** People who ordered, or whose facts changed: as friends. */
  friendIds?: bigint[];
  /** People who were merged: also as advocates. */
  profileIds?: bigint[];
  referralIds?: bigint[];
}

/**
 * The referrals that something may have changed for, and whose accounts their rewards go to. One small query: a shop without
 * referrals pays no more for a batch of orders.
 */
export async function findReferrals(
  tx: Tx,
  { shopId, orderIds = [], friendIds = [], profileIds = [], referralIds = [] }: Concerned,
): Promise<{ id: bigint; advocateId: bigint }[]> {
  const friends = [...friendIds, ...profileIds];
  return tx.$queryRaw<{ id: bigint; advocateId: bigint }[]>`
    SELECT id, advocate_id AS "advocateId" FROM referrals WHERE shop_id = ${shopId} AND friend_id = ANY (${friends}::bigint[])
    UNION
    SELECT id, advocate_id FROM referrals WHERE shop_id = ${shopId} AND advocate_id = ANY (${profileIds}::bigint[])
    UNION
    SELECT id, advocate_id FROM referrals WHERE shop_id = ${shopId} AND order_id IS NOT NULL AND order_id = ANY (${orderIds}::bigint[])
    UNION
    SELECT r.id, r.advocate_id FROM order_discounts d JOIN referrals r ON r.shop_id = d.shop_id AND r.offer_code = upper(d.code)
    WHERE d.shop_id = ${shopId} AND d.order_id = ANY (${orderIds}::bigint[])
    UNION
    SELECT id, advocate_id FROM referrals WHERE shop_id = ${shopId} AND id = ANY (${referralIds}::bigint[])
    ORDER BY 1`;
}
