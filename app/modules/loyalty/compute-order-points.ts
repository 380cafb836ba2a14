import type { OrderMoney } from '~/modules/orders/types';
import { computeMoneyPoints, type Boost, type EarningOrder } from './compute-money-points';
import type { EarnRule } from './types';

/**
 * The points an order is worth, given everything known about it: a pure function of order, refunds and rule, so the same
 * facts give the same points in whatever order they came. An order below the rule's minimum, as placed, earns nothing.
 * `boosts` let the goods of campaigns count as often as they say; what the rule multiplies all by comes on top.
 */
export function computeOrderPoints(order: EarningOrder, rule: EarnRule, boosts: Boost[] = []): number {
  return earns(order, rule) ? computeMoneyPoints(order, rule, boosts) : 0;
}

function earns(order: OrderMoney, rule: EarnRule): boolean {
  if (order.profileId === null || order.paidAt === null) return false;
  if (order.test || order.cancelledAt || order.deletedAt) return false;
  return rule.earnOnHistoric || !order.historic;
}
