import type { ReferralState } from './referral-state';
import type { OfferState } from './types';

/** What is to happen to a friend's code: `end` it in Shopify, or make another (`renew`). */
export type OfferStep = 'end' | 'renew' | null;

/**
 * What follows for a friend's code from where the referral stands, and stood before: a pure function. Blocked or rejected, it
 * must not work; one that is let through after all gets another (once the first is ended, see `recordOffer`), or their first
 * when the claim was stopped at once; nobody gets a second one for what they have ordered.
 */
export function planOffer(state: ReferralState, before: ReferralState, offer: OfferState): OfferStep {
  if (isStopped(state)) return offer === 'made' || offer === 'making' ? 'end' : null;
  if (state !== 'claimed') return null;
  return offer === 'ended' || (offer === 'none' && isStopped(before)) ? 'renew' : null;
}

function isStopped(state: ReferralState): boolean {
  return state === 'blocked' || state === 'rejected';
}
