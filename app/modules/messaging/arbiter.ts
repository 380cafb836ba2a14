import { afterQuietHours, type QuietHours } from './quiet-hours';

export const sendReasons = [
  'ok',
  'shop_uninstalled',
  'too_late',
  'no_email',
  'suppressed',
  'not_subscribed',
  'frequency_cap',
  'quiet_hours',
  'holdout',
] as const;
export type SendReason = (typeof sendReasons)[number];

/** May this person get this mail now? */
export interface SendAsk {
  profileId: bigint;
  flowKey: string;
  flowRunId: bigint | null;
  nodeKey: string;
  kind: 'marketing' | 'transactional';
  /** After this moment the mail makes no sense any more. */
  latestUsefulAt: Date | null;
  /** This person is kept back to measure what the mail is worth. */
  holdout?: boolean;
}

export interface RecipientFacts {
  hasEmail: boolean;
  /** Why the address must never get mail again; null when it may. */
  suppression: string | null;
  consent: string;
  /** When marketing mail was sent or queued lately, at least as far back as the cap's window. Any order. */
  marketingAt: Date[];
}

export interface SenderFacts {
  active: boolean;
  timeZone: string;
  quietHours: QuietHours | null;
  cap: { messages: number; windowHours: number };
}

export type DecisionDetails = Record<string, string | number | null>;

/** `until` is set for a deferral only, and is later than the question. `details` are the values the reason rests on. */
export interface SendDecision {
  outcome: 'send' | 'defer' | 'withhold';
  reason: SendReason;
  until: Date | null;
  details: DecisionDetails;
}

/**
 * The rules for every mail, in this order: the first that objects decides. Mail with a purpose of its own (transactional)
 * skips consent, cap, quiet hours and holdout, never suppression. What is only too early is deferred; it is withheld when
 * the time it would be deferred to is too late. The holdout comes last, so that those kept back are people who would have
 * got the mail at this very moment.
 */
export function arbitrate(
  ask: Pick<SendAsk, 'kind' | 'latestUsefulAt' | 'holdout'>,
  facts: { recipient: RecipientFacts; sender: SenderFacts },
  now: Date,
): SendDecision {
  const { recipient, sender } = facts;
  const objection = findObjection(ask, recipient, sender, now);
  if (objection) return objection;
  if (ask.kind === 'transactional') return { outcome: 'send', reason: 'ok', until: null, details: {} };
  const wait = findWait(recipient, sender, now);
  if (wait) return isTooLate(ask, wait.until) ? tooLate(ask, wait) : { outcome: 'defer', ...wait };
  if (ask.holdout) return withhold('holdout');
  return { outcome: 'send', reason: 'ok', until: null, details: {} };
}

function findObjection(
  ask: Pick<SendAsk, 'kind' | 'latestUsefulAt'>,
  recipient: RecipientFacts,
  sender: SenderFacts,
  now: Date,
): SendDecision | null {
  if (!sender.active) return withhold('shop_uninstalled');
  if (isTooLate(ask, now)) return tooLate(ask, null);
  if (!recipient.hasEmail) return withhold('no_email');
  if (recipient.suppression !== null) return withhold('suppressed', { suppression: recipient.suppression });
  if (ask.kind === 'marketing' && recipient.consent !== 'subscribed') {
    return withhold('not_subscribed', { consent: recipient.consent });
  }
  return null;
}

interface Wait {
  reason: SendReason;
  until: Date;
  details: DecisionDetails;
}

function findWait(recipient: RecipientFacts, sender: SenderFacts, now: Date): Wait | null {
  const { quietHours, timeZone } = sender;
  const free = capFreesAt(recipient.marketingAt, sender.cap, now);
  if (free) {
    const details = { messages: sender.cap.messages, windowHours: sender.cap.windowHours };
    return { reason: 'frequency_cap', until: afterQuietHours(free, quietHours, timeZone), details };
  }
  const awake = afterQuietHours(now, quietHours, timeZone);
  if (!quietHours || awake.getTime() === now.getTime()) return null;
  return { reason: 'quiet_hours', until: awake, details: { ...quietHours, timeZone } };
}

/** When so many mails have left the window that one more fits; null when one fits now. */
function capFreesAt(marketingAt: Date[], cap: SenderFacts['cap'], now: Date): Date | null {
  const windowMs = cap.windowHours * 3_600_000;
  const counted = marketingAt
    .map((at) => at.getTime())
    .filter((at) => at > now.getTime() - windowMs)
    .sort((a, b) => b - a);
  // The newest `messages` of them fill the window; the oldest of these makes room when it leaves.
  const blocking = counted[Math.max(1, cap.messages) - 1];
  return blocking === undefined ? null : new Date(blocking + windowMs);
}

function isTooLate(ask: Pick<SendAsk, 'latestUsefulAt'>, at: Date): boolean {
  return ask.latestUsefulAt !== null && at > ask.latestUsefulAt;
}

function tooLate(ask: Pick<SendAsk, 'latestUsefulAt'>, wait: Wait | null): SendDecision {
  const latestUsefulAt = ask.latestUsefulAt?.toISOString() ?? null;
  return withhold('too_late', { latestUsefulAt, ...(wait && { because: wait.reason }) });
}

function withhold(reason: SendReason, details: DecisionDetails = {}): SendDecision {
  return { outcome: 'withhold', reason, until: null, details };
}
