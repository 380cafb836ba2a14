import { decimal, type Decimal } from '~/platform/money';
import type {
  ExitCondition,
  FlowCondition,
  FlowDefinition,
  FlowNode,
  TimeAnchor,
  cartStates,
} from './definition';

/** Where a run stands, as far as planning goes. */
export interface RunPosition {
  nodeKey: string;
  nodeSince: Date;
  enteredAt: Date;
}

/** What is true now about the person and the thing the run is about. Amounts in shop currency. */
export interface RunFacts {
  cart: { state: (typeof cartStates)[number]; total: Decimal; lastActivityAt: Date } | null;
  cartDelayMinutes: number;
  orderedSince: boolean; // since the cause of the run
  orderUndone: boolean; // the order the run is about: cancelled, deleted, or all money back
  unsubscribedSince: boolean;
  superseded: boolean; // a newer run of the same flow exists
  redacted: boolean;
  pointsKept: boolean; // nothing of what the run warns about expires any more
  tierLost: boolean; // no longer in the tier the run is about, nor above it
  rewardLost: boolean; // of a run about a reward: the balance can buy none any more
  programmeOff: boolean; // of a run that invites: there is nothing to recommend for
  offerGone: boolean; // of a run about a friend's code: it is used, or not theirs any more
  referralUndone: boolean; // of a run about a referral's reward: taken back
  pointsDueAt: Date | null; // of that; null for other runs
  subscribed: boolean;
  ordersCount: number;
  netSpend: Decimal;
  pointsBalance: number;
}

export type SendNode = Extract<FlowNode, { kind: 'send' }>;

export type PlannedStep =
  | { kind: 'advance'; to: string }
  | { kind: 'wait'; until: Date }
  | { kind: 'send'; node: SendNode; latestUsefulAt: Date }
  | { kind: 'exit'; reason: ExitCondition | 'redacted' | 'completed' | 'branch' };

/**
 * What one run has to do where it stands. The conditions that end a run come first, at every step. Throws when the
 * definition has no such step.
 */
export function planStep(
  definition: FlowDefinition,
  run: RunPosition,
  facts: RunFacts,
  now: Date,
): PlannedStep {
  const end = findExit(definition, facts);
  if (end) return { kind: 'exit', reason: end };
  const node = definition.nodes.find((candidate) => candidate.key === run.nodeKey);
  if (!node) throw new Error(`flow ${definition.key} has no step "${run.nodeKey}"`);
  switch (node.kind) {
    case 'trigger':
      return { kind: 'advance', to: node.next };
    case 'condition':
      return { kind: 'advance', to: isTrue(node.when, facts) ? node.yes : node.no };
    case 'delay': {
      const until = delayEnd(node, run, facts);
      return until > now ? { kind: 'wait', until } : { kind: 'advance', to: node.next };
    }
    case 'send':
      return {
        kind: 'send',
        node,
        latestUsefulAt: addMinutes(anchorTime(node.useful.from, run, facts), node.useful.minutes),
      };
    case 'exit':
      return { kind: 'exit', reason: node.reason };
  }
}

/** A run's next stop: the first step on its way that is not passed at once. */
export interface Stop {
  nodeKey: string;
  nodeSince: Date;
  step: Exclude<PlannedStep, { kind: 'advance' }>;
}

/** Walks until there is something to wait for, to send, or the end. Ends, because a definition has no circles. */
export function planWalk(definition: FlowDefinition, run: RunPosition, facts: RunFacts, now: Date): Stop {
  let position = run;
  for (;;) {
    const step = planStep(definition, position, facts, now);
    if (step.kind !== 'advance') {
      return { nodeKey: position.nodeKey, nodeSince: position.nodeSince, step };
    }
    position = { ...position, nodeKey: step.to, nodeSince: now };
  }
}

/** The first of a flow's conditions to end a run that holds; null when it may go on. */
export function findExit(definition: FlowDefinition, facts: RunFacts): ExitCondition | 'redacted' | null {
  if (facts.redacted) return 'redacted';
  const holds: Record<ExitCondition, boolean> = {
    order_placed: facts.orderedSince,
    order_undone: facts.orderUndone,
    cart_closed: facts.cart !== null && facts.cart.state !== 'open' && facts.cart.state !== 'abandoned',
    unsubscribed: facts.unsubscribedSince,
    superseded: facts.superseded,
    points_kept: facts.pointsKept,
    tier_lost: facts.tierLost,
    reward_lost: facts.rewardLost,
    programme_off: facts.programmeOff,
    offer_gone: facts.offerGone,
    referral_undone: facts.referralUndone,
  };
  return definition.exits.find((condition) => holds[condition]) ?? null;
}

function isTrue(condition: FlowCondition, facts: RunFacts): boolean {
  switch (condition.fact) {
    case 'cart_state':
      return facts.cart !== null && condition.in.includes(facts.cart.state);
    case 'cart_total':
      return facts.cart !== null && facts.cart.total.gte(decimal(condition.atLeast));
    case 'ordered_since_entry':
      return facts.orderedSince;
    case 'points_balance':
      return facts.pointsBalance >= condition.atLeast;
    case 'orders_count':
      return facts.ordersCount >= condition.atLeast;
    case 'net_spend':
      return facts.netSpend.gte(decimal(condition.atLeast));
    case 'subscribed':
      return facts.subscribed;
  }
}

function delayEnd(node: Extract<FlowNode, { kind: 'delay' }>, run: RunPosition, facts: RunFacts): Date {
  const planned = addMinutes(anchorTime(node.from, run, facts), node.minutes);
  const least = addMinutes(run.nodeSince, node.leastMinutes);
  return planned > least ? planned : least;
}

/** A cart that is no longer known leaves only the entry to count from. */
function anchorTime(anchor: TimeAnchor, run: RunPosition, facts: RunFacts): Date {
  switch (anchor) {
    case 'entry':
      return run.enteredAt;
    case 'step':
      return run.nodeSince;
    case 'cart_activity':
      return facts.cart?.lastActivityAt ?? run.enteredAt;
    case 'cart_abandonment':
      return facts.cart ? addMinutes(facts.cart.lastActivityAt, facts.cartDelayMinutes) : run.enteredAt;
    case 'points_due':
      return facts.pointsDueAt ?? run.enteredAt;
  }
}

function addMinutes(time: Date, minutes: number): Date {
  return new Date(time.getTime() + minutes * 60_000);
}
