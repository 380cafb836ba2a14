import type { Tx } from '~/platform/db/index.server';

/** Something that happened to an order, as a timeline shows it. Computed from what is stored, so always the same. */
export interface OrderHappening {
  profileId: bigint | null; // nobody's: it belongs on no timeline
  kind: 'order_placed' | 'order_cancelled' | 'order_refunded' | 'order_fulfilled';
  key: string; // id of the order, refund or fulfilment
  occurredAt: Date;
  data: Record<string, string | boolean | null>;
}

interface Row {
  profile_id: bigint | null;
  kind: OrderHappening['kind'];
  key: string;
  occurred_at: Date;
  order_id: bigint;
  name: string;
  amount: string | null;
  currency: string;
  test: boolean;
}

/** Everything that happened to the given orders. */
export async function listOrderHappenings(
  tx: Tx,
  input: { shopId: number; orderIds: bigint[] },
): Promise<OrderHappening[]> {
  if (input.orderIds.length === 0) return [];
  const rows = await tx.$queryRaw<Row[]>`
    WITH wanted AS (
      SELECT o.* FROM orders o WHERE o.shop_id = ${input.shopId} AND o.id = ANY(${input.orderIds}::bigint[])
    )
    SELECT w.profile_id, h.kind, h.key, h.occurred_at, w.id AS order_id, w.name,
           CASE WHEN h.amount = round(h.amount, 2) THEN round(h.amount, 2) ELSE trim_scale(h.amount) END::text AS amount,
           w.currency, w.test
    FROM wanted w
    CROSS JOIN LATERAL (
      SELECT 'order_placed' AS kind, w.id::text AS key, w.processed_at AS occurred_at, w.total AS amount
      UNION ALL
      SELECT 'order_cancelled', w.id::text, w.cancelled_at, w.total WHERE w.cancelled_at IS NOT NULL
      UNION ALL
      SELECT 'order_refunded', r.id::text, r.processed_at, r.total
      FROM refunds r WHERE r.shop_id = w.shop_id AND r.order_id = w.id
      UNION ALL
      SELECT 'order_fulfilled', f.id::text, f.created_at, NULL
      FROM fulfillments f WHERE f.shop_id = w.shop_id AND f.order_id = w.id AND f.status = 'success'
    ) h`;
  return rows.map((row) => ({
    profileId: row.profile_id,
    kind: row.kind,
    key: row.key,
    occurredAt: row.occurred_at,
    data: {
      orderId: row.order_id.toString(),
      name: row.name,
      ...(row.amount !== null && { amount: row.amount, currency: row.currency }),
      ...(row.test && { test: true }),
    },
  }));
}
