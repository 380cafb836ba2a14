import type { Tx } from '~/platform/db/index.server';
import { decimal, decimalsOf, type Amount, type Decimal } from '~/platform/money';
import type { OrderMoney } from './types';

interface OrderRow {
  id: bigint;
  name: string;
  profile_id: bigint | null;
  currency: string;
  test: boolean;
  historic: boolean;
  processed_at: Date;
  paid_at: Date | null;
  cancelled_at: Date | null;
  deleted_at: Date | null;
  goods: Amount;
  gift_cards: Amount;
  shipping: Amount;
  tax: Amount;
  taxes_included: boolean;
  unpaid: Amount; // of the total by goods and shipping
  lines: bigint;
}

interface RefundRow {
  id: bigint;
  order_id: bigint;
  processed_at: Date;
  goods: Amount;
  gift_cards: Amount;
  shipping: Amount;
  tax: Amount;
  adjustments: Amount;
}

/** The money of orders and of what was refunded of them, in shop currency, without tax but for `tax`. Unknown ids are left out. */
export async function listOrderMoney(
  tx: Tx,
  input: { shopId: number; orderIds: bigint[] },
): Promise<OrderMoney[]> {
  if (input.orderIds.length === 0) return [];
  const orders = await tx.$queryRaw<OrderRow[]>`
    SELECT o.id, o.name, o.profile_id, o.currency, o.test, o.historic, o.processed_at, o.paid_at, o.cancelled_at,
           o.deleted_at, o.shipping, coalesce(l.goods, 0) AS goods, coalesce(l.gift_cards, 0) AS gift_cards,
           o.tax, o.taxes_included, o.total - l.paid AS unpaid, l.number AS lines
    FROM orders o
    LEFT JOIN LATERAL (
      SELECT sum(l.net) FILTER (WHERE NOT l.is_gift_card) AS goods, sum(l.net) FILTER (WHERE l.is_gift_card) AS gift_cards,
        coalesce(sum(l.net), 0) + o.shipping AS paid, count(*) AS number
      FROM order_lines l WHERE l.shop_id = o.shop_id AND l.order_id = o.id
    ) l ON true
    WHERE o.shop_id = ${input.shopId} AND o.id = ANY(${input.orderIds}::bigint[])
    ORDER BY o.id`;
  const refunds = await listRefunds(tx, input);
  return orders.map((row) => ({
    orderId: row.id,
    name: row.name,
    profileId: row.profile_id,
    currency: row.currency,
    test: row.test,
    historic: row.historic,
    processedAt: row.processed_at,
    paidAt: row.paid_at,
    cancelledAt: row.cancelled_at,
    deletedAt: row.deleted_at,
    goods: decimal(row.goods),
    giftCards: decimal(row.gift_cards),
    shipping: decimal(row.shipping),
    tax: taxOf(row),
    refunds: refunds.get(row.id) ?? [],
  }));
}

/**
 * The tax of the order and that of its lines are rounded apart, to cents or whatever the currency has: the parts must not be
 * more than was paid, or an order of which everything came back would have some left.
 */
function taxOf(row: OrderRow): Decimal {
  const tax = decimal(row.tax);
  if (!row.taxes_included) return tax;
  const unpaid = decimal(row.unpaid);
  const rounding = decimal(`1e-${decimalsOf(row.currency)}`).times(Number(row.lines));
  return unpaid.lessThanOrEqualTo(tax) && unpaid.greaterThanOrEqualTo(tax.minus(rounding)) ? unpaid : tax;
}

async function listRefunds(
  tx: Tx,
  input: { shopId: number; orderIds: bigint[] },
): Promise<Map<bigint, OrderMoney['refunds']>> {
  const rows = await tx.$queryRaw<RefundRow[]>`
    SELECT r.id, r.order_id, r.processed_at, r.shipping, r.tax, r.adjustments,
           r.lines - coalesce(g.gift_cards, 0) AS goods, coalesce(g.gift_cards, 0) AS gift_cards
    FROM refunds r
    JOIN orders o ON o.shop_id = r.shop_id AND o.id = r.order_id
    LEFT JOIN LATERAL (
      SELECT sum(b.subtotal - CASE WHEN o.taxes_included THEN b.tax ELSE 0 END) AS gift_cards
      FROM refund_lines b
      JOIN order_lines l ON l.shop_id = b.shop_id AND l.order_id = r.order_id AND l.id = b.order_line_id AND l.is_gift_card
      WHERE b.shop_id = r.shop_id AND b.refund_id = r.id
    ) g ON true
    WHERE r.shop_id = ${input.shopId} AND r.order_id = ANY(${input.orderIds}::bigint[])
    ORDER BY r.processed_at, r.id`;
  const refunds = new Map<bigint, OrderMoney['refunds']>();
  for (const row of rows) {
    const known = refunds.get(row.order_id) ?? [];
    known.push({
      refundId: row.id,
      processedAt: row.processed_at,
      goods: decimal(row.goods),
      giftCards: decimal(row.gift_cards),
      shipping: decimal(row.shipping),
      tax: decimal(row.tax),
      adjustments: decimal(row.adjustments),
    });
    refunds.set(row.order_id, known);
  }
  return refunds;
}
