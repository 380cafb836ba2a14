import type { Evidence } from './evidence';
import type { CancelReason, ReferralState } from './referral-state';

export { judgeReferral, limits } from './evidence';
export type { Evidence, EvidenceFacts, Participant } from './evidence';
export { areAlike, isDisposable } from './addresses';
export { defaultProgramme, offerKinds, programmeTermsSchema } from './programme';
export type { ProgrammeTerms, ReferralProgramme } from './programme';
export { computeReferral } from './referral-state';
export type { CancelReason, ReferralFacts, ReferralOrder, ReferralState } from './referral-state';

export type { OfferStock } from './pools/find-stock.server';
export type { OfferPool } from './pools/pool-row.server';
export type { PoolOutcome } from './pools/record-pool.server';
export type { StockOutcome } from './pools/record-stock.server';
export type { DecideReferralsInput } from './decide-referrals.server';

export const offerStates = ['none', 'making', 'made', 'refused', 'ending', 'ended', 'expired'] as const;
export type OfferState = (typeof offerStates)[number];

/** A friend's claim and what came of it. */
export interface Referral {
  id: bigint;
  advocateId: bigint;
  friendId: bigint;
  programmeVersion: number;
  claimedAt: Date;
  state: ReferralState;
  why: CancelReason | null;
  evidence: Evidence[];
  orderId: bigint | null;
  rewardPoints: number;
  offerCode: string;
  offerState: OfferState;
  offerStartsAt: Date | null; // moved in Shopify; null: usable at once
  offerExpiresAt: Date | null;
  discountId: bigint | null;
  poolId: bigint | null; // the code came out of this pool
  redeemId: bigint | null; // and this is Shopify's number of it
  attempts: number;
  nextAttemptAt: Date | null;
}

/** Points to give to an advocate (or to take back, below 0) because of a referral. `move` numbers them. */
export interface ReferralReward {
  referralId: bigint;
  advocateId: bigint;
  points: number;
  move: number;
}
