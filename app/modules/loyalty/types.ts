import type { Decimal } from '~/platform/money';

export const roundings = ['down', 'nearest', 'up'] as const;
export type Rounding = (typeof roundings)[number];

/** How a shop gives points. A change is a new version: the past keeps the version it was computed with. */
export interface EarnRule {
  version: number;
  enabled: boolean;
  pointsPerUnit: Decimal; // per 1.00 of shop currency
  includeTax: boolean;
  includeShipping: boolean;
  includeGiftCards: boolean;
  rounding: Rounding;
  pendingDays: number; // 0: spendable at once
  earnOnHistoric: boolean; // orders that were there before the app
  effectiveFrom: Date;
}

/** What a merchant may change; what is left out stays as it is. `pointsPerUnit` is a decimal string. */
export interface EarnRuleChanges {
  enabled?: boolean;
  pointsPerUnit?: string;
  includeTax?: boolean;
  includeShipping?: boolean;
  includeGiftCards?: boolean;
  rounding?: Rounding;
  pendingDays?: number;
  earnOnHistoric?: boolean;
}

/** Points of one person. `points` can be spent (and may be below zero after a refund of what was spent), `pending` not yet. */
export interface Balance {
  points: number;
  pending: number;
}

export type LedgerKind =
  'earn' | 'release' | 'reverse' | 'adjust' | 'merge' | 'reserve' | 'redeem' | 'unreserve' | 'return';

/** One line of a person's ledger, for screens. The sentence is `loyalty.ledger.<kind>` with `params`, in the reader's language. */
export interface LedgerEntry {
  transactionId: string;
  kind: LedgerKind;
  points: number; // change of the spendable balance
  pending: number; // change of the pending balance
  occurredAt: Date;
  description: {
    key: `loyalty.ledger.${LedgerKind}`;
    params: { order: string | null; reason: string | null; staff: string | null };
  };
  orderId: string | null;
  ruleVersion: number | null;
}

export interface LedgerPage {
  entries: LedgerEntry[];
  nextCursor: string | null; // pass it as `cursor` for older entries
}

/** The nightly comparison of every balance with its postings. */
export interface LedgerAudit {
  checkedAt: Date;
  accounts: number;
  drifted: number; // accounts whose balance is not the sum of their postings
  unbalanced: bigint; // sum of all postings; anything but 0 is an alarm
}

/** What a shopper is told at checkout. Points are whole; a balance may be below 0. */
export type ShopperAnswer =
  | { status: 'member'; balance: number; pending: number; earns: number }
  | { status: 'guest'; earns: number }
  | { status: 'off' };

/** A merge of two profiles: everything of the first belongs to the second from now on. */
export interface LedgerMerge {
  fromProfileId: bigint;
  intoProfileId: bigint;
}

export { computeEarn } from './compute-earn';
export { computeOrderPoints } from './compute-order-points';
export type { TransactionInput } from './ledger-input';
export type { AdjustPointsInput } from './adjust-points.server';
export { rewardKinds } from './rewards/reward';
export type { Redemption, RewardSummary, RewardTerms } from './rewards/reward';
export type { ReservePointsInput } from './rewards/reserve-points.server';
export type { RequestCancellationInput } from './rewards/request-cancellation.server';
export type { RewardCodes } from './rewards/reward-codes.server';
export { findMarginWarning } from './rewards/margin-warning';
