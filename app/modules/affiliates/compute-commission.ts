import { computeLeft, type OrderMoney } from '~/modules/orders/types';
import { Decimal, ratio, roundMoney } from '~/platform/money';
import type { Outcome, CommissionRule } from './types';

export interface Commission {
  outcome: Outcome;
  net: Decimal; // goods left after refunds
  amount: Decimal;
}

/** Why an order an affiliate brought earns nothing whatever it brought in; null: by these it may. */
export type Barrier = 'own_order' | 'known_customer' | 'later_order' | null;

/**
 * The commission of an order, given everything known about it: a pure function of order, refunds and rule. A percentage is of
 * the goods that are left after discounts and refunds, without tax, shipping and gift cards; a flat amount falls in proportion
 * to them. Rounded once, to what the currency has, so that all money back leaves exactly 0.
 */
export function computeCommission(order: OrderMoney, rule: CommissionRule, barrier: Barrier): Commission {
  const none = new Decimal(0);
  if (order.test || order.cancelledAt || order.deletedAt) return { outcome: 'void', net: none, amount: none };
  const net = computeLeft(order);
  if (barrier !== null) return { outcome: barrier, net, amount: none };
  if (order.paidAt === null) return { outcome: 'unpaid', net, amount: none };
  const exact =
    rule.kind === 'percent'
      ? net.times(rule.value).dividedBy(100)
      : rule.value.times(ratio(net, order.goods));
  return { outcome: 'earns', net, amount: roundMoney(exact, order.currency) };
}
