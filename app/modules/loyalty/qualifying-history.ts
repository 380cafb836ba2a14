import type { OrderMoney } from '~/modules/orders/types';
import { Decimal, sum } from '~/platform/money';
import type { EarningOrder } from './compute-money-points';
import { computeOrderPoints } from './compute-order-points';
import { addYear, yearAt } from './shop-years';
import { computeTier, computeTierEntries } from './tiers';
import type { EarnRule, QualifyingAmount, Tier, TierBasis, TierProgramme, TierStanding } from './types';

/** An order of a person, and the rule its points go by. */
export interface PersonOrder {
  order: EarningOrder;
  rule: EarnRule;
}

/** What orders count towards tiers, by all that is known of them. Each counts on the day it was placed. */
function qualifyingHistory(orders: PersonOrder[], basis: TierBasis): QualifyingAmount[] {
  return orders.flatMap(({ order, rule }) => {
    if (order.paidAt === null || order.test || order.cancelledAt || order.deletedAt) return [];
    return [{ at: order.processedAt, amount: amountOf(order, rule, basis) }];
  });
}

/** Where somebody stands now. */
export function standingOf(
  orders: PersonOrder[],
  programme: TierProgramme,
  { now, timeZone }: { now: Date; timeZone: string },
): TierStanding {
  return computeTier(qualifyingHistory(orders, programme.basis), programme, { at: now, timeZone });
}

/**
 * The tier an order was placed in: by the programme of that moment, from what had happened by then. What happens later
 * (a refund of an earlier order, other terms) doesn't change it; hearing late of what had happened does.
 */
export function tierOfOrder(
  order: OrderMoney,
  orders: PersonOrder[],
  programmes: TierProgramme[],
  timeZone: string,
): { version: number; tier: Tier } | null {
  const at = order.processedAt;
  const programme = programmeInForce(programmes, at);
  if (!programme?.tiers.some(({ multiplier }) => multiplier.greaterThan(1))) return null;
  const earlier = orders.flatMap(({ order: other, rule }) => {
    const then = other.processedAt < at ? asOf(other, at) : null;
    return then ? [{ order: then, rule }] : [];
  });
  const { tier } = standingOf(earlier, programme, { now: at, timeZone });
  return tier && { version: programme.version, tier };
}

/**
 * What reaching tiers has earned somebody so far, by tier. Each version of the programme rewards what was reached by an
 * order placed while it was in force, so neither launching nor changing tiers gives or takes points. A tier is rewarded
 * once per span: again after 12 months, in another calendar year, or never (lifetime).
 */
export function tierRewards(
  orders: PersonOrder[],
  programmes: TierProgramme[],
  { now, timeZone }: { now: Date; timeZone: string },
): Map<number, { points: number; name: string; lastAt: Date }> {
  const rewards = new Map<number, { points: number; name: string; lastAt: Date }>();
  const counts = ({ entryPoints }: Tier) => entryPoints > 0;
  for (const { tier, at } of tierReaches(orders, programmes, { now, timeZone, counts })) {
    const points = (rewards.get(tier.id)?.points ?? 0) + tier.entryPoints;
    rewards.set(tier.id, { points, name: tier.name, lastAt: at });
  }
  return rewards;
}

/** A tier that was reached by an order placed while these tiers were in force. */
interface TierReach {
  tier: Tier;
  at: Date;
  version: number;
}

/** Every time one of the tiers that count was reached, once per span, version by version. */
function tierReaches(
  orders: PersonOrder[],
  programmes: TierProgramme[],
  { now, timeZone, counts }: { now: Date; timeZone: string; counts: (tier: Tier) => boolean },
): TierReach[] {
  const reaches: TierReach[] = [];
  programmes.forEach((programme, n) => {
    if (!programme.tiers.some(counts)) return;
    const end = programmes[n + 1]?.effectiveFrom;
    const history = qualifyingHistory(orders, programme.basis);
    for (const { tier, at } of computeTierEntries(history, programme, { until: now, timeZone })) {
      const known = reaches.findLast((reach) => reach.tier.id === tier.id);
      if (at < programme.effectiveFrom || (end && at >= end) || !counts(tier)) continue;
      if (known && !isNewSpan(programme, known.at, at, timeZone)) continue;
      reaches.push({ tier, at, version: programme.version });
    }
  });
  return reaches;
}

/**
 * That somebody rose into the tier they are in, by an order placed while the present tiers were in force: when, and for the
 * how manieth time. Null when they were there before by the same tiers, or got there otherwise (other terms, time).
 */
export function tierRise(
  orders: PersonOrder[],
  programmes: TierProgramme[],
  { now, timeZone, tier, before }: RiseInput,
): { times: number; at: Date } | null {
  const programme = programmeInForce(programmes, now);
  if (!programme) return null;
  const counts = ({ id }: Tier) => id === tier.id;
  const reaches = tierReaches(orders, programmes, { now, timeZone, counts });
  const last = reaches.at(-1);
  if (last?.version !== programme.version) return null;
  // What was known says nothing about the time after it was to change by itself.
  const known = before?.changesAt && before.changesAt <= last.at ? undefined : before;
  const held = known?.version === programme.version && programme.tiers.find(({ id }) => id === known.tierId);
  if (held && held.threshold.greaterThanOrEqualTo(tier.threshold)) return null;
  return { times: reaches.length, at: last.at };
}

/** How often somebody has reached a tier by an order, by all that is known of their orders now. */
export function countReaches(
  orders: PersonOrder[],
  programmes: TierProgramme[],
  tierId: number,
  { now, timeZone }: { now: Date; timeZone: string },
): number {
  const counts = ({ id }: Tier) => id === tierId;
  return tierReaches(orders, programmes, { now, timeZone, counts }).length;
}

/** Where somebody stood when it was last computed. */
export interface KnownStanding {
  version: number;
  tierId: number | null;
  changesAt: Date | null; // when time alone changes it
}

interface RiseInput {
  now: Date;
  timeZone: string;
  tier: Tier; // they are in now
  before: KnownStanding | undefined; // what was known until now
}

/** The version in force at a moment, of versions oldest first; before the first one there were no tiers. */
export function programmeInForce(programmes: TierProgramme[], at: Date): TierProgramme | null {
  return programmes.findLast(({ effectiveFrom }) => effectiveFrom <= at) ?? null;
}

function isNewSpan({ span }: TierProgramme, last: Date, at: Date, timeZone: string): boolean {
  if (span === 'lifetime') return false;
  return span === 'rolling_year' ? at >= addYear(last) : yearAt(at, timeZone) > yearAt(last, timeZone);
}

/** What was known about an order at a moment: paid by then, not yet cancelled, with the refunds of until then. */
function asOf(order: EarningOrder, at: Date): EarningOrder | null {
  if (order.paidAt === null || order.paidAt > at) return null;
  const later = (moment: Date | null) => (moment && moment > at ? null : moment);
  return {
    ...order,
    cancelledAt: later(order.cancelledAt),
    deletedAt: later(order.deletedAt),
    refunds: order.refunds.filter(({ processedAt }) => processedAt <= at),
  };
}

function amountOf(order: EarningOrder, rule: EarnRule, basis: TierBasis): Decimal {
  if (basis === 'points_earned') return new Decimal(computeOrderPoints(order, rule));
  if (basis === 'orders') return new Decimal(leftOf(order).greaterThan(0) ? 1 : 0);
  return order.goods.minus(sum(order.refunds.map(({ goods, adjustments }) => goods.plus(adjustments))));
}

/** What the customer paid and did not get back. */
function leftOf(order: OrderMoney): Decimal {
  const back = order.refunds.map((refund) => everything(refund).plus(refund.adjustments));
  return everything(order).minus(sum(back));
}

function everything(parts: Pick<OrderMoney, 'goods' | 'giftCards' | 'shipping' | 'tax'>): Decimal {
  return sum([parts.goods, parts.giftCards, parts.shipping, parts.tax]);
}
