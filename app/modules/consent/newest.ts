import type { ConsentSource, ConsentState } from './types';

/** From the most permissive to the strictest: at the same instant the stricter decision wins, whatever arrived first. */
export const strictness: readonly ConsentState[] = [
  'subscribed',
  'pending',
  'not_subscribed',
  'invalid',
  'unsubscribed',
  'redacted',
];

/**
 * Shopify tells consent times in whole seconds, so that is the clock consent lives by: with finer times of our own, a
 * person who unsubscribes in Shopify in the second we wrote "subscribed" would look older than us and be ignored.
 */
export function wholeSecond(time: Date): Date {
  return new Date(Math.floor(time.getTime() / 1_000) * 1_000);
}

interface Known {
  state: ConsentState;
  source: ConsentSource;
  consentedAt: Date;
}

/**
 * When a decision made on our own pages takes effect; null when it is what holds already, by more than a tick in a checkout:
 * that may be taken back there, and what they told us stays. A person deciding now is never older than what we know, even if
 * Shopify's clock is ahead of ours.
 */
export function decisionTime(
  known: Known | null,
  wanted: 'subscribed' | 'unsubscribed',
  now: Date,
): Date | null {
  if (known?.state === wanted && known.source !== 'checkout') return null;
  const time = wholeSecond(now);
  if (!known) return time;
  // On a tie the stricter state stands, so a new subscription must be later than what it replaces.
  const earliest =
    wanted === 'subscribed' ? known.consentedAt.getTime() + 1_000 : known.consentedAt.getTime();
  return time.getTime() >= earliest ? time : wholeSecond(new Date(earliest));
}
