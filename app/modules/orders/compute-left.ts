import { Decimal, ratio, sum } from '~/platform/money';
import type { OrderMoney } from './types';

type Parts = Pick<OrderMoney, 'goods' | 'giftCards' | 'shipping' | 'tax'>;

/**
 * What is left of the goods of an order after its refunds: between 0 and what was bought, in shop currency, without tax,
 * shipping and gift cards. Money refunded beyond or short of the lines (goodwill, restocking fee) falls on goods and
 * everything else in proportion. All money back leaves exactly 0.
 */
export function computeLeft(order: OrderMoney): Decimal {
  const charged = charge(order);
  const returned = sum(order.refunds.map((refund) => charge(refund).plus(refund.adjustments)));
  if (returned.greaterThanOrEqualTo(charged)) return new Decimal(0);
  const share = ratio(order.goods, charged);
  const ofGoods = sum(order.refunds.map(({ goods, adjustments }) => goods.plus(adjustments.times(share))));
  return Decimal.max(0, Decimal.min(order.goods, order.goods.minus(ofGoods)));
}

function charge({ goods, giftCards, shipping, tax }: Parts): Decimal {
  return sum([goods, giftCards, shipping, tax]);
}
