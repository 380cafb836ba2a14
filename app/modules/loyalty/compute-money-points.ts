import type { OrderMoney } from '~/modules/orders/types';
import { Decimal, ratio, sum } from '~/platform/money';
import { computeEarn } from './compute-earn';
import type { EarnRule } from './types';

/** The parts of an order's or a refund's money, in shop currency. */
interface Parts {
  goods: Decimal;
  giftCards: Decimal;
  shipping: Decimal;
  tax: Decimal;
  outside?: Decimal; // of the goods, what the rule's list leaves out
  insideTax?: Decimal; // of the tax, what then still counts; not told: the share of the goods that do
}

/** An order, knowing what of its goods the list of its rule leaves out. */
export interface EarningOrder extends OrderMoney {
  outside?: Decimal; // as placed
  insideTax?: Decimal;
  outsideLines?: bigint[];
  refunds: (OrderMoney['refunds'][number] & Pick<Parts, 'outside' | 'insideTax'>)[];
}

/** Goods of an order that count more often, or less, because of one campaign. Shop currency. */
export interface Boost {
  factor: Decimal;
  maxExtra: number | null; // points on top at most
  placed: Decimal;
  back: Decimal; // refunded of them
  loose?: Decimal; // refunded of the order's goods without saying which
}

/** What was ordered and what came back of it, in shop currency. */
type Money = Pick<EarningOrder, keyof Parts | 'refunds'>;

/**
 * The points that ordered goods are worth by a rule, less what was refunded; whether the order earns at all is another
 * question. A refund takes back in proportion: what is left of the counted amount earns, rounded once. Money refunded beyond
 * or short of the lines (goodwill, restocking fee) falls on counted and uncounted parts alike, as does money for goods that
 * names none. All money back leaves exactly 0. Below the minimum, as placed, it is 0. Goods outside the rule's list count as
 * little as gift cards that don't earn, nor does their tax.
 */
export function computeMoneyPoints(money: Money, rule: EarnRule, boosts: Boost[] = []): number {
  if (rule.minimum?.greaterThan(money.goods)) return 0;
  const base = remaining(money, rule);
  if (base.isZero() || boosts.length === 0) return computeEarn(base, rule);
  const extra = sum(boosts.map((boost) => extraOf(boost, money, rule)));
  return computeEarn(Decimal.max(0, base.plus(extra)), rule);
}

/** What the goods of a campaign count beyond once, of what is left of them. */
function extraOf({ factor, maxExtra, placed, back, loose }: Boost, order: Money, rule: EarnRule): Decimal {
  const adjusted = sum(order.refunds.map(({ adjustments }) => adjustments)).times(
    ratio(placed, everything(order)),
  );
  const unnamed = (loose ?? new Decimal(0)).times(ratio(placed, order.goods));
  const left = Decimal.max(0, Decimal.min(placed, placed.minus(back).minus(adjusted).minus(unnamed)));
  const extra = left.times(factor.minus(1));
  if (maxExtra === null || rule.pointsPerUnit.isZero()) return extra;
  return Decimal.min(extra, new Decimal(maxExtra).dividedBy(rule.pointsPerUnit));
}

function remaining(order: Money, rule: EarnRule): Decimal {
  const placed = counted(order, rule);
  const charged = everything(order);
  const refunded = sum(order.refunds.map((refund) => everything(refund).plus(refund.adjustments)));
  if (refunded.greaterThanOrEqualTo(charged)) return new Decimal(0);
  const share = ratio(placed, charged);
  const back = sum(
    order.refunds.map((refund) => counted(refund, rule).plus(refund.adjustments.times(share))),
  );
  return Decimal.max(0, Decimal.min(placed, placed.minus(back)));
}

function counted(parts: Parts, rule: EarnRule): Decimal {
  const inside = parts.goods.minus(parts.outside ?? 0);
  let amount = inside;
  if (rule.includeGiftCards) amount = amount.plus(parts.giftCards);
  if (rule.includeShipping) amount = amount.plus(parts.shipping);
  if (rule.includeTax) {
    const share = parts.outside ? parts.tax.times(ratio(inside, parts.goods)) : parts.tax;
    amount = amount.plus(parts.insideTax ?? share);
  }
  return amount;
}

function everything(parts: Parts): Decimal {
  return sum([parts.goods, parts.giftCards, parts.shipping, parts.tax]);
}
