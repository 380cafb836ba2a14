import { offerEnd } from './offer-end';
import type { ProgrammeTerms } from './programme';
import type { ReferralState } from './referral-state';
import type { OfferState, Referral } from './types';

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

/**
 * What a friend gets who asks for their code: `give` them one; `replace` theirs, which the merchant ended in Shopify before its
 * days were over; try `again` what Shopify refused. A pure function. Null: nothing but what they have. Whoever has ordered has had it.
 */
export function planRequest(
  { state, offerState, offerExpiresAt, claimedAt }: Referral,
  programme: Pick<ProgrammeTerms, 'offerDays'>,
  now: Date,
): 'give' | 'replace' | 'again' | null {
  if (offerState === 'none') return state === 'blocked' || state === 'rejected' ? null : 'give';
  if (state !== 'claimed') return null;
  if (offerState === 'refused') return 'again';
  if (offerState !== 'made' || offerExpiresAt === null || offerExpiresAt > now) return null;
  const promised = offerEnd(programme, claimedAt);
  return promised === null || offerExpiresAt < promised ? 'replace' : null;
}
