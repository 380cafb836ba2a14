import type { Tx } from '~/platform/db/index.server';

/**
 * Computes the figures of the given orders anew from what is stored of them (formulas in the README): when they were paid,
 * what their refunds gave back, net revenue, cost and gross profit. Idempotent; writes only what changed.
 */
export async function recomputeOrderFigures(
  tx: Tx,
  input: { shopId: number; orderIds: bigint[] },
): Promise<void> {
  if (input.orderIds.length === 0) return;
  await readRefundsInTheLightOfTheirOrders(tx, input);
  await tx.$executeRaw`
    WITH figures AS (
      SELECT o.id, p.paid_at, r.total AS refunded,
             CASE WHEN p.counts THEN g.net - r.adjustments ELSE 0 END AS net,
             CASE WHEN p.counts THEN g.cost ELSE 0 END AS cost
      FROM orders o
      CROSS JOIN LATERAL (
        SELECT CASE WHEN o.paid_seen_at IS NULL THEN NULL WHEN o.unpaid_seen THEN o.paid_seen_at ELSE o.processed_at END AS paid_at,
               o.paid_seen_at IS NOT NULL AND NOT o.test AND o.cancelled_at IS NULL AND o.deleted_at IS NULL AS counts
      ) p
      CROSS JOIN LATERAL (
        SELECT coalesce(sum(r.total), 0) AS total, coalesce(sum(r.adjustments), 0) AS adjustments, count(*) AS refunds
        FROM refunds r WHERE r.shop_id = o.shop_id AND r.order_id = o.id
      ) r
      CROSS JOIN LATERAL (
        SELECT coalesce(sum(l.net - b.net), 0) AS net,
               coalesce(sum(l.unit_cost * greatest(l.quantity - b.quantity, 0)), 0) AS cost
        FROM order_lines l
        CROSS JOIN LATERAL (
          SELECT coalesce(sum(b.quantity), 0) AS quantity,
                 coalesce(sum(b.subtotal - CASE WHEN o.taxes_included THEN b.tax ELSE 0 END), 0) AS net
          FROM refunds f JOIN refund_lines b ON b.shop_id = f.shop_id AND b.refund_id = f.id AND b.order_line_id = l.id
          WHERE r.refunds > 0 AND f.shop_id = o.shop_id AND f.order_id = o.id
        ) b
        WHERE l.shop_id = o.shop_id AND l.order_id = o.id AND NOT l.is_gift_card
      ) g
      WHERE o.shop_id = ${input.shopId} AND o.id = ANY(${input.orderIds}::bigint[])
    )
    UPDATE orders o SET paid_at = f.paid_at, refunded_total = f.refunded, net_revenue = f.net, cost = f.cost,
                        gross_profit = f.net - f.cost
    FROM figures f
    WHERE o.shop_id = ${input.shopId} AND o.id = f.id
      AND (o.paid_at, o.refunded_total, o.net_revenue, o.cost, o.gross_profit)
          IS DISTINCT FROM (f.paid_at, f.refunded, f.net, f.cost, f.net - f.cost)`;
}

/** Whether a refund's amounts contain tax is known once its order is: then its goods and total are exact. */
async function readRefundsInTheLightOfTheirOrders(
  tx: Tx,
  input: { shopId: number; orderIds: bigint[] },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE refunds r SET lines = f.net, total = f.net + r.shipping + r.adjustments + r.tax
    FROM (
      SELECT r.id, (
        SELECT coalesce(sum(l.subtotal - CASE WHEN o.taxes_included THEN l.tax ELSE 0 END), 0)
        FROM refund_lines l WHERE l.shop_id = ${input.shopId} AND l.refund_id = r.id) AS net
      FROM unnest(${input.orderIds}::bigint[]) AS wanted(id)
      CROSS JOIN LATERAL (SELECT id FROM refunds WHERE shop_id = ${input.shopId} AND order_id = wanted.id OFFSET 0) r
      JOIN orders o ON o.shop_id = ${input.shopId} AND o.id = wanted.id
    ) f
    WHERE r.shop_id = ${input.shopId} AND r.id = f.id
      AND (r.lines, r.total) IS DISTINCT FROM (f.net, f.net + r.shipping + r.adjustments + r.tax)`;
}
