import type { OrderMoney } from '~/modules/orders/types';
import { Decimal, sum } from '~/platform/money';
import { computeEarn } from './compute-earn';
import type { EarnRule } from './types';

/** The parts of an order's or a refund's money, in shop currency. */
interface Parts {
  goods: Decimal;
  giftCards: Decimal;
  shipping: Decimal;
  tax: Decimal;
}

/**
 * The points an order is worth, given everything known about it: a pure function of order, refunds and rule, so the same
 * facts give the same points in whatever order they came.
 *
 * A refund takes back in proportion: what is left of the counted amount earns, rounded once. Money refunded beyond or short
 * of the lines (goodwill, restocking fee) falls on counted and uncounted parts alike. All money back leaves exactly 0.
 */
export function computeOrderPoints(order: OrderMoney, rule: EarnRule): number {
  return earns(order, rule) ? computeEarn(remaining(order, rule), rule) : 0;
}

function earns(order: OrderMoney, rule: EarnRule): boolean {
  if (order.profileId === null || order.paidAt === null) return false;
  if (order.test || order.cancelledAt || order.deletedAt) return false;
  return rule.earnOnHistoric || !order.historic;
}

function remaining(order: OrderMoney, rule: EarnRule): Decimal {
  const placed = counted(order, rule);
  const charged = everything(order);
  const refunded = sum(order.refunds.map((refund) => everything(refund).plus(refund.adjustments)));
  if (refunded.greaterThanOrEqualTo(charged)) return new Decimal(0);
  const share = charged.isZero() ? new Decimal(0) : placed.dividedBy(charged);
  const back = sum(
    order.refunds.map((refund) => counted(refund, rule).plus(refund.adjustments.times(share))),
  );
  return Decimal.max(0, Decimal.min(placed, placed.minus(back)));
}

function counted(parts: Parts, rule: EarnRule): Decimal {
  let amount = parts.goods;
  if (rule.includeGiftCards) amount = amount.plus(parts.giftCards);
  if (rule.includeShipping) amount = amount.plus(parts.shipping);
  if (rule.includeTax) amount = amount.plus(parts.tax);
  return amount;
}

function everything(parts: Parts): Decimal {
  return sum([parts.goods, parts.giftCards, parts.shipping, parts.tax]);
}
