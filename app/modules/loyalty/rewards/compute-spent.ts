import type { OrderMoney } from '~/modules/orders/types';
import { Decimal, sum } from '~/platform/money';

/**
 * What remains spent of a reward's points, given all that is known about the order that used it: a pure function, so the
 * same facts give the same points in whatever order they came. Money back gives points back in proportion, and what is given
 * back is rounded down. All money back, or an order cancelled or deleted, leaves exactly 0 spent.
 */
export function computeSpent(points: number, order: OrderMoney): number {
  if (order.cancelledAt ?? order.deletedAt) return 0;
  const charged = everything(order);
  const refunded = sum(order.refunds.map((refund) => everything(refund).plus(refund.adjustments)));
  if (charged.isZero() || refunded.lessThanOrEqualTo(0)) return points;
  if (refunded.greaterThanOrEqualTo(charged)) return 0;
  const returned = refunded.times(points).dividedBy(charged).toDecimalPlaces(0, Decimal.ROUND_FLOOR);
  return points - returned.toNumber();
}

function everything(parts: Record<'goods' | 'giftCards' | 'shipping' | 'tax', Decimal>): Decimal {
  return sum([parts.goods, parts.giftCards, parts.shipping, parts.tax]);
}
