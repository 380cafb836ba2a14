import { Decimal, decimal } from '~/platform/money';
import type { Evidence, EvidenceKind } from './evidence';
import type { ProgrammeTerms } from './programme';

export const referralStates = [
  'claimed', // the friend has the offer
  'ordered', // and ordered, but has not paid yet
  'held', // paid: the hold runs
  'review', // the hold is over: waits for the merchant
  'rewarded',
  'blocked', // something exact speaks against it
  'rejected', // by the merchant
  'cancelled', // by what became of the order
] as const;
export type ReferralState = (typeof referralStates)[number];

export const cancelReasons = ['refunded', 'refunded_later', 'below_minimum', 'erased'] as const;
export type CancelReason = (typeof cancelReasons)[number];

/** The friend's order, as far as a referral asks. Amounts in shop currency. */
export interface ReferralOrder {
  orderId: bigint;
  paidAt: Date | null;
  endedAt: Date | null; // cancelled or deleted
  gross: Decimal; // goods at their prices, before discounts, without gift cards
  goods: Decimal; // after discounts, without tax
  refunds: { processedAt: Date; goods: Decimal }[]; // of `goods`, goodwill included
}

export interface ReferralDecision {
  kind: 'approved' | 'rejected';
  accepted: EvidenceKind[]; // what was known and is covered by an approval
}

export interface ReferralFacts {
  terms: Pick<ProgrammeTerms, 'holdDays' | 'minimumOrder' | 'approveClean' | 'clawBack' | 'rewardPoints'>;
  evidence: Evidence[];
  decision: ReferralDecision | null;
  order: ReferralOrder | null;
}

export interface ReferralOutcome {
  state: ReferralState;
  why: CancelReason | null;
  points: number; // that the advocate is to have because of it
  holdUntil: Date | null;
  dueAt: Date | null; // when time alone changes the state
  approvesItself: boolean; // clean, and the programme says that this is enough: becomes a decision
}

const dayMs = 24 * 60 * 60 * 1_000;

/**
 * Where a referral stands at `now`, given all that is known: a pure function, so the same facts give the same end in whatever
 * order they came. Points follow from an approval only, never from time: the end of the hold leads to review.
 */
export function computeReferral(facts: ReferralFacts, now: Date): ReferralOutcome {
  const { terms, order, decision, evidence } = facts;
  const none: ReferralOutcome = {
    state: 'claimed',
    why: null,
    points: 0,
    holdUntil: null,
    dueAt: null,
    approvesItself: false,
  };
  if (decision?.kind === 'rejected') return { ...none, state: 'rejected' };
  if (evidence.some((one) => isBlocking(one, decision))) return { ...none, state: 'blocked' };
  if (order === null) return none;
  if (order.paidAt === null) return { ...none, state: 'ordered' };
  const holdUntil = new Date(order.paidAt.getTime() + terms.holdDays * dayMs);
  const held = { ...none, holdUntil };
  if (!isEnough(order.gross, terms)) return { ...held, state: 'cancelled', why: 'below_minimum' };
  if (hasGone(order, terms, holdUntil)) return { ...held, state: 'cancelled', why: 'refunded' };
  if (now < holdUntil) return { ...held, state: 'held', dueAt: holdUntil };
  const gone = hasGone(order, terms, null);
  if (gone && terms.clawBack) return { ...held, state: 'cancelled', why: 'refunded_later' };
  if (decision?.kind === 'approved') return { ...held, state: 'rewarded', points: terms.rewardPoints };
  if (terms.approveClean && evidence.length === 0 && !gone)
    return { ...held, state: 'rewarded', points: terms.rewardPoints, approvesItself: true };
  return { ...held, state: 'review' };
}

/** An approval covers what was known then. That advocate and friend are one and the same, nobody can approve. */
function isBlocking({ kind, level }: Evidence, decision: ReferralDecision | null): boolean {
  if (level !== 'block') return false;
  if (kind === 'same_person' || decision?.kind !== 'approved') return true;
  return !decision.accepted.includes(kind);
}

/** Whether by then (null: ever) so much had gone back that the order would not have been enough. */
function hasGone(order: ReferralOrder, terms: ReferralFacts['terms'], by: Date | null): boolean {
  const counts = (at: Date): boolean => by === null || at <= by;
  if (order.endedAt !== null && counts(order.endedAt)) return true;
  const refunded = order.refunds.reduce(
    (total, { processedAt, goods }) => (counts(processedAt) ? total.plus(goods) : total),
    new Decimal(0),
  );
  if (refunded.lessThanOrEqualTo(0) || order.goods.isZero()) return false;
  const left = order.gross.times(order.goods.minus(refunded)).dividedBy(order.goods);
  return !isEnough(left, terms);
}

function isEnough(gross: Decimal, { minimumOrder }: ReferralFacts['terms']): boolean {
  return gross.greaterThan(0) && gross.greaterThanOrEqualTo(decimal(minimumOrder ?? '0'));
}
