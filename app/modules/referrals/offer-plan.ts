import type { ReferralState } from './referral-state';
import type { OfferState } from './types';

/** What is to happen to a friend's code: `end` it in Shopify, or make another (`renew`). */
export type OfferStep = 'end' | 'renew' | null;

/**
 * What follows for a friend's code from where the referral stands: a pure function. Blocked or rejected, it must not work; one
 * that is let through after all gets another (once the first is ended, see `recordOffer`); nobody gets a second one for what they have ordered.
 */
export function planOffer(state: ReferralState, offer: OfferState): OfferStep {
  const stopped = state === 'blocked' || state === 'rejected';
  if (stopped) return offer === 'made' || offer === 'making' ? 'end' : null;
  return state === 'claimed' && offer === 'ended' ? 'renew' : null;
}
