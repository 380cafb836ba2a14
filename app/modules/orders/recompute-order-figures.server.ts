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
    WITH wanted AS (
      SELECT o.id, o.test OR o.cancelled_at IS NOT NULL OR o.deleted_at IS NOT NULL AS void,
             CASE WHEN o.paid_seen_at IS NULL THEN NULL WHEN o.unpaid_seen THEN o.paid_seen_at ELSE o.processed_at END AS paid_at
      FROM orders o WHERE o.shop_id = ${input.shopId} AND o.id = ANY(${input.orderIds}::bigint[])
    ), given_back AS (
      SELECT r.order_id, sum(r.total) AS total, sum(r.adjustments) AS adjustments
      FROM wanted w JOIN refunds r ON r.shop_id = ${input.shopId} AND r.order_id = w.id
      GROUP BY r.order_id
    ), lines_back AS (
      SELECT r.order_id, l.order_line_id, sum(l.quantity) AS quantity,
             sum(l.subtotal - CASE WHEN o.taxes_included THEN l.tax ELSE 0 END) AS net
      FROM wanted w
      JOIN orders o ON o.shop_id = ${input.shopId} AND o.id = w.id
      JOIN refunds r ON r.shop_id = ${input.shopId} AND r.order_id = w.id
      JOIN refund_lines l ON l.shop_id = r.shop_id AND l.refund_id = r.id
      GROUP BY r.order_id, l.order_line_id
    ), goods AS (
      SELECT l.order_id, sum(l.net - coalesce(b.net, 0)) AS net,
             sum(coalesce(l.unit_cost, 0) * greatest(l.quantity - coalesce(b.quantity, 0), 0)) AS cost
      FROM wanted w
      JOIN order_lines l ON l.shop_id = ${input.shopId} AND l.order_id = w.id AND NOT l.is_gift_card
      LEFT JOIN lines_back b ON b.order_id = l.order_id AND b.order_line_id = l.id
      GROUP BY l.order_id
    ), figures AS (
      SELECT w.id, w.paid_at, coalesce(g.total, 0) AS refunded,
             CASE WHEN counts THEN coalesce(l.net, 0) - coalesce(g.adjustments, 0) ELSE 0 END AS net,
             CASE WHEN counts THEN coalesce(l.cost, 0) ELSE 0 END AS cost
      FROM wanted w
      CROSS JOIN LATERAL (SELECT w.paid_at IS NOT NULL AND NOT w.void AS counts) c
      LEFT JOIN goods l ON l.order_id = w.id
      LEFT JOIN given_back g ON g.order_id = w.id
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
      SELECT r.id, coalesce(sum(l.subtotal - CASE WHEN o.taxes_included THEN l.tax ELSE 0 END), 0) AS net
      FROM refunds r
      JOIN orders o ON o.shop_id = r.shop_id AND o.id = r.order_id
      LEFT JOIN refund_lines l ON l.shop_id = r.shop_id AND l.refund_id = r.id
      WHERE r.shop_id = ${input.shopId} AND r.order_id = ANY(${input.orderIds}::bigint[])
      GROUP BY r.id
    ) f
    WHERE r.shop_id = ${input.shopId} AND r.id = f.id
      AND (r.lines, r.total) IS DISTINCT FROM (f.net, f.net + r.shipping + r.adjustments + r.tax)`;
}
