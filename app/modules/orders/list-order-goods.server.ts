import type { Tx } from '~/platform/db/index.server';
import { decimal, type Amount } from '~/platform/money';
import type { OrderGoods } from './types';

interface Row {
  order_id: bigint;
  line_id: bigint;
  product_id: bigint | null;
  quantity: number;
  goods: Amount;
  tax: Amount;
  back: Amount;
  known: boolean;
  tags: string[] | null;
  collection_ids: bigint[] | null;
}

/**
 * The lines of these orders that are not gift cards, each with what was refunded of it and what is known of its product today.
 * Shop currency, after discounts, without tax. One statement.
 */
export async function listOrderGoods(
  tx: Tx,
  { shopId, orderIds }: { shopId: number; orderIds: bigint[] },
): Promise<OrderGoods[]> {
  if (orderIds.length === 0) return [];
  const rows = await tx.$queryRaw<Row[]>`
    SELECT l.order_id, l.id AS line_id, l.product_id, l.quantity, l.net AS goods, l.tax, coalesce(b.back, 0) AS back,
      (l.product_id IS NULL OR p.id IS NOT NULL) AS known, p.tags, p.collection_ids
    FROM order_lines l
    JOIN orders o ON o.shop_id = l.shop_id AND o.id = l.order_id
    LEFT JOIN products p ON p.shop_id = l.shop_id AND p.id = l.product_id
    LEFT JOIN LATERAL (
      SELECT sum(x.subtotal - CASE WHEN o.taxes_included THEN x.tax ELSE 0 END) AS back
      FROM refunds r JOIN refund_lines x ON x.shop_id = r.shop_id AND x.refund_id = r.id
      WHERE r.shop_id = l.shop_id AND r.order_id = l.order_id AND x.order_line_id = l.id) b ON true
    WHERE l.shop_id = ${shopId} AND l.order_id = ANY (${orderIds}::bigint[]) AND NOT l.is_gift_card
    ORDER BY l.order_id, l.id`;
  return rows.map((row) => ({
    orderId: row.order_id,
    lineId: row.line_id,
    quantity: row.quantity,
    goods: decimal(row.goods),
    tax: decimal(row.tax),
    back: decimal(row.back),
    product: {
      id: row.product_id,
      tags: row.tags ?? [],
      collectionIds: row.collection_ids,
      isKnown: row.known,
    },
  }));
}
