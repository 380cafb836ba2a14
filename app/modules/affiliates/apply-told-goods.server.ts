import type { Tx } from '~/platform/db/index.server';
import { applyOrderCommissions } from './apply-order-commissions.server';
import { goodsTold } from './goods-told.server';

/** Judges orders again of whose goods something was told since, at most `limit` at once. Returns how many there were. Idempotent. */
export async function applyToldGoods(
  tx: Tx,
  { shopId, limit, now }: { shopId: number; limit: number; now: Date },
): Promise<number> {
  const told = await tx.$queryRaw<{ orderId: bigint }[]>`
    SELECT o.order_id AS "orderId" FROM affiliate_orders o
    WHERE o.shop_id = ${shopId} AND ${goodsTold} ORDER BY o.order_id LIMIT ${limit}`;
  const orderIds = told.map(({ orderId }) => orderId);
  if (orderIds.length > 0) await applyOrderCommissions(tx, { shopId, orderIds, profileIds: [], now });
  return orderIds.length;
}
