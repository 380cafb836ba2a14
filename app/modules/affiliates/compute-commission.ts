import { computeLeft, type OrderMoney } from '~/modules/orders/types';
import { Decimal, ratio, roundMoney, sum } from '~/platform/money';
import type { Outcome, CommissionRule, Rate } from './types';

export interface Commission {
  outcome: Outcome;
  net: Decimal; // goods left after refunds
  amount: Decimal;
}

/** Why an order an affiliate brought earns nothing whatever it brought in; null: by these it may. */
export type Barrier = 'own_order' | 'known_customer' | 'later_order' | null;

/** Goods of an order that earn by a rate of their own. */
export interface RatedGoods {
  rate: Rate;
  goods: Decimal; // as placed
  left: Decimal; // of them, after what was refunded of these lines
  quantity: number;
}

/** Goods of an order by the rate that is theirs. */
export interface GoodsByRate {
  rated: RatedGoods[];
  left: Decimal; // of all goods, rated or not, after what was refunded of lines
}

/**
 * The commission of an order, given everything known about it: a pure function of order, refunds and rule. A percentage is of
 * the goods that are left after discounts and refunds, without tax, shipping and gift cards; a flat amount falls in proportion
 * to them. Goods with a rate of their own earn by that, and the rest by the group's; goodwill falls on all of them in
 * proportion. Rounded once, to what the currency has, so that all money back leaves exactly 0.
 */
export function computeCommission(
  order: OrderMoney,
  rule: CommissionRule,
  barrier: Barrier,
  byRate: GoodsByRate | null = null,
): Commission {
  const none = new Decimal(0);
  if (order.test || order.cancelledAt || order.deletedAt) return { outcome: 'void', net: none, amount: none };
  const net = computeLeft(order);
  if (barrier !== null) return { outcome: barrier, net, amount: none };
  if (order.paidAt === null) return { outcome: 'unpaid', net, amount: none };
  // Money back beyond the lines makes each part smaller; a fee that was kept back is nobody's goods and earns the group's rate.
  const share = byRate ? Decimal.min(1, ratio(net, byRate.left)) : none;
  const parts = (byRate?.rated ?? []).map((part) => ({ ...part, left: part.left.times(share) }));
  const rest = net.minus(sum(parts.map(({ left }) => left)));
  const ofRest =
    rule.kind === 'percent'
      ? rest.times(rule.value).dividedBy(100)
      : rule.value.times(ratio(rest, order.goods));
  const exact = sum([...parts.map(earned), ofRest]);
  return { outcome: 'earns', net, amount: roundMoney(Decimal.max(0, exact), order.currency) };
}

function earned({ rate, goods, left, quantity }: RatedGoods): Decimal {
  return rate.kind === 'percent'
    ? left.times(rate.value).dividedBy(100)
    : rate.value.times(quantity).times(ratio(left, goods));
}
