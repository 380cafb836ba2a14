import type { Tx } from '~/platform/db/index.server';
import { goodsTold } from './goods-told.server';

/**
 * The orders with goods of which something was told since they were judged, at most `limit` at once, so that the caller judges
 * them again in the same transaction: what was said of these lines is forgotten and will be said anew. Asked of the lines that
 * wait, not noted by who tells: an order and its product may be told at once, and neither sees the other. Of several that ask
 * at once, one gets an order.
 */
export async function claimToldOrders(
  tx: Tx,
  { shopId, limit }: { shopId: number; limit: number },
): Promise<bigint[]> {
  const told = await tx.$queryRaw<{ order_id: bigint }[]>`
    SELECT w.order_id FROM order_line_earns w WHERE w.shop_id = ${shopId} AND ${goodsTold}
    UNION SELECT w.order_id FROM order_line_factors w WHERE w.shop_id = ${shopId} AND ${goodsTold}
    ORDER BY order_id LIMIT ${limit}`;
  const orderIds = told.map(({ order_id: id }) => id);
  if (orderIds.length === 0) return [];
  const claimed = await tx.$queryRaw<{ order_id: bigint }[]>`
    WITH earns AS (
      DELETE FROM order_line_earns w WHERE w.shop_id = ${shopId} AND w.order_id = ANY (${orderIds}::bigint[]) AND ${goodsTold}
      RETURNING w.order_id),
    factors AS (
      DELETE FROM order_line_factors w WHERE w.shop_id = ${shopId} AND w.order_id = ANY (${orderIds}::bigint[]) AND ${goodsTold}
      RETURNING w.order_id)
    SELECT order_id FROM earns UNION SELECT order_id FROM factors ORDER BY order_id`;
  return claimed.map(({ order_id: id }) => id);
}
