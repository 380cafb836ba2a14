import type { OrderMoney } from '~/modules/orders/types';
import { Decimal } from '~/platform/money';
import type { Boost, EarningOrder } from './compute-money-points';
import { computeOrderPoints } from './compute-order-points';
import type { Posting } from './ledger-input';
import { ruleInForce } from './rule-in-force';
import type { EarnRule } from './types';

/** What the ledger has to say about an order for judging it. */
export interface KnownOfOrder {
  positions: Posting[];
  ruleVersion: number | null;
}

export interface Judgement {
  rule: EarnRule;
  target: Posting | null; // where its points belong now; null when it has none
  dueAt: Date; // when they become, or became, spendable
}

const dayMs = 24 * 60 * 60 * 1_000;

/**
 * What an order's points should be at `now`: how many, whose, and spendable or not. `rules` are oldest first, at least one;
 * `multiplier` is that of the tier its person was in when it was placed, `boosts` are the goods that
 * campaigns let count more often.
 */
export function judgeOrder(
  order: EarningOrder,
  known: KnownOfOrder | undefined,
  rules: [EarnRule, ...EarnRule[]],
  now: Date,
  multiplier: Decimal = new Decimal(1),
  boosts: Boost[] = [],
): Judgement {
  const rule = ruleOfOrder(order, known, rules, now);
  const dueAt = new Date(order.processedAt.getTime() + rule.pendingDays * dayMs);
  // An order that lost its person (erased) leaves its points where they are, and keeps them right.
  const profileId = order.profileId ?? known?.positions[0]?.profileId ?? null;
  const boosted = { ...rule, pointsPerUnit: rule.pointsPerUnit.times(multiplier) };
  const points = computeOrderPoints({ ...order, profileId }, boosted, boosts);
  if (points === 0 || profileId === null) return { rule, target: null, dueAt };
  const released = dueAt <= now || known?.positions.some((position) => position.account === 'points');
  return {
    rule,
    target: { profileId, account: released ? 'points' : 'pending', points },
    dueAt,
  };
}

/**
 * The version an order is judged by: the one it earned by, for good. Before it earned anything, the one in force when it was
 * placed; for an order older than the app there was none, so the merchant's present choice counts.
 */
export function ruleOfOrder(
  order: OrderMoney,
  known: KnownOfOrder | undefined,
  rules: [EarnRule, ...EarnRule[]],
  now: Date,
): EarnRule {
  const earnedBy = rules.find((rule) => rule.version === known?.ruleVersion);
  return earnedBy ?? ruleInForce(rules, order.historic ? now : order.processedAt) ?? rules[0];
}
