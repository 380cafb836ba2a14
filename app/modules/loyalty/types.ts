import type { Decimal } from '~/platform/money';
import type { GoodsList } from './goods-list';
import type { ShopperCode, ShopperReward, ShopperTier } from './shopper-view';
import type { TierBasis, TierSpan } from './tier-terms';

export const roundings = ['down', 'nearest', 'up'] as const;
export type Rounding = (typeof roundings)[number];

/** How a shop gives points. A change is a new version: the past keeps the version it was computed with. */
export interface EarnRule extends GoodsList {
  version: number;
  enabled: boolean;
  pointsPerUnit: Decimal; // per 1.00 of shop currency
  includeTax: boolean;
  includeShipping: boolean;
  includeGiftCards: boolean;
  rounding: Rounding;
  pendingDays: number; // 0: spendable at once
  minimum: Decimal | null; // goods an order has to have as placed; shop currency, null: any
  earnOnHistoric: boolean; // orders that were there before the app
  allBut: boolean; // the listed goods earn nothing; otherwise only they do
  effectiveFrom: Date;
}

/** How many points a unit of currency may earn, as text: at most 1000, with up to 4 decimals. */
export const pointsPerUnitPattern = /^(1000(\.0{1,4})?|\d{1,3}(\.\d{1,4})?)$/;

/** What a merchant may change; what is left out stays as it is. `pointsPerUnit` and `minimum` are decimal strings. */
export interface EarnRuleChanges extends Partial<GoodsList> {
  enabled?: boolean;
  pointsPerUnit?: string;
  includeTax?: boolean;
  includeShipping?: boolean;
  includeGiftCards?: boolean;
  rounding?: Rounding;
  pendingDays?: number;
  minimum?: string | null;
  earnOnHistoric?: boolean;
  allBut?: boolean;
}

/** A level of the programme. */
export interface Tier {
  id: number; // the same tier keeps it from version to version
  name: string;
  threshold: Decimal; // from this figure on; shop currency, points or orders, as the basis says
  multiplier: Decimal; // of the points of orders placed while in it; 1 is none
  entryPoints: number; // for reaching it
}

/**
 * What tiers go by, versioned like the earn rule. `net_spend` is what orders brought after refunds, without tax and
 * shipping; `points_earned` what orders earned after refunds, before multipliers; `orders` those that are paid and of which
 * something is left.
 */
export interface TierProgramme {
  version: number;
  enabled: boolean;
  basis: TierBasis;
  span: TierSpan;
  graceDays: number; // a tier is kept that long after the figure fell below it
  effectiveFrom: Date;
  tiers: Tier[];
}

/** Something that counts towards tiers: an order, with what is left of it. */
export interface QualifyingAmount {
  at: Date;
  amount: Decimal;
}

export interface TierStanding {
  tier: Tier | null; // null: below the first
  since: Date | null; // in this tier
  until: Date | null; // when it is lost if nothing more is bought; null: never
  inGrace: boolean; // the figure alone would not give it any more
  figure: Decimal; // of the present span
  changesAt: Date | null; // when time alone changes any of this
}

/** People who would go from one tier to another if the tiers were changed; null is no tier. */
export interface TierMove {
  from: string | null;
  to: string | null;
  direction: 'rises' | 'falls' | 'stays';
  people: number;
}

export interface TierPreview {
  people: number; // with orders
  exact: boolean; // false: estimated from a sample
  moves: TierMove[];
}

export interface TierEntry {
  tier: Tier;
  at: Date;
}

/** Points of one person. `points` can be spent (and may be below zero after a refund of what was spent), `pending` not yet. */
export interface Balance {
  points: number;
  pending: number;
}

export type LedgerKind =
  | 'earn'
  | 'release'
  | 'reverse'
  | 'adjust'
  | 'merge'
  | 'expire'
  | 'reserve'
  | 'redeem'
  | 'unreserve'
  | 'return';

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

export const accountingUnits = ['day', 'month'] as const;
export type AccountingUnit = (typeof accountingUnits)[number];

/** What moved within a period; signed, so what was taken back, spent or expired is below 0. */
export interface AccountingTotals {
  earned: number;
  reversed: number; // by refunds and cancellations
  adjusted: number; // by hand
  redeemed: number; // spent on rewards and given back by them
  expired: number;
  becameSpendable: number; // of the pending ones; no movement of what is outstanding
}

/** A day or month of the shop's books. opening + earned + reversed + adjusted + redeemed + expired = closing. */
export interface AccountingPeriod extends AccountingTotals {
  period: string; // YYYY-MM-DD or YYYY-MM, of the shop's time zone
  opening: number; // points that customers had, spendable or pending
  closing: number;
  pending: number; // of the closing ones, not spendable yet
}

export interface AccountingReport {
  unit: AccountingUnit;
  periods: AccountingPeriod[]; // oldest first
  totals: AccountingTotals;
  outstanding: number; // points, now
  pending: number;
  pointValue: string | null; // shop currency per point
  liability: string | null; // shop currency; null while the value of a point is not told
}

export const expiryModes = ['never', 'age', 'inactivity'] as const;
export type ExpiryMode = (typeof expiryModes)[number];

/** When points expire. A change is a new version; what has expired stays expired. */
export interface ExpiryRule {
  version: number; // 0: the merchant never chose
  mode: ExpiryMode;
  days: number; // of a point's life, or without activity; ignored while the mode is never
  effectiveFrom: Date;
}

/** What a shopper is told at checkout. Points are whole; a balance may be below 0. */
export type ShopperAnswer =
  | {
      status: 'member';
      balance: number;
      pending: number;
      earns: number;
      isAbout: boolean; // the order may earn a little more or less
      currency: string; // of the shop: of the amounts in tier and rewards
      tier: ShopperTier | null;
      rewards: ShopperReward[]; // those this person can have now, cheapest first
      codes: ShopperCode[]; // of rewards chosen before, not used yet
    }
  | { status: 'guest'; earns: number; isAbout: boolean }
  | { status: 'off' };

/** A merge of two profiles: everything of the first belongs to the second from now on. */
export interface LedgerMerge {
  fromProfileId: bigint;
  intoProfileId: bigint;
}

export { tierBases, tierSpans, type TierBasis, type TierSpan } from './tier-terms';
export { computeEarn } from './compute-earn';
export type { TierDraft } from './tier-draft';
export { computeOrderPoints } from './compute-order-points';
export type { TransactionInput } from './ledger-input';
export type { AdjustPointsInput } from './adjust-points.server';
export type { Campaign, CampaignDraft } from './campaigns/campaign';
export { goodsScopes } from './goods-list';
export {
  capPeriods,
  earnTriggers,
  fixedCaps,
  type EarnAction,
  type EarnActionDraft,
  type EarnTrigger,
} from './earning/earn-action';
export { isOpen } from './earning/compute-earnings';
export { visitKey } from './earning/visit-key';
export { isDiscount, rewardKinds, sliderKinds } from './rewards/reward';
export type { Redemption, RewardSummary, RewardTerms } from './rewards/reward';

export type { SettlePaymentInput } from './rewards/settle-payment.server';
export type { TierBenefit } from './benefits/list-tier-benefits.server';
export type { ReservePointsInput } from './rewards/reserve-points.server';
export type { RequestCancellationInput } from './rewards/request-cancellation.server';
export type { RewardCodes } from './rewards/reward-codes.server';
export type { ToldDiscount } from './rewards/told-code';
export { listMissingScopes, optionalScopes, type MissingScopes } from './rewards/needed-scope';
export { findMarginWarning } from './rewards/margin-warning';
export type { ComingExpiry } from './expiry';
export { planWarning, sumWarned } from './expiry-warning';
export { dayOf, isoDay, isoDayIn } from './iso-day';
export type { TierRise } from './apply-tiers.server';
export type { MailTier } from './list-tiers-for-mail.server';
export { mostBytes, mostLines, readAdjustmentFile } from './batches/adjustment-file';
export type { AdjustmentLine } from './batches/adjustment-file';
export type { BatchPreview, FailedLine, PointBatch } from './batches/point-batch';
export type { BatchSource } from './batches/create-point-batch.server';
export type { StandingPlace } from './standings/push-standings.server';
export { tierTag } from './standings/standing';
export type { EntryNews } from './standings/list-entry-news.server';
export type { StandingChange } from './standings/take-standing-changes.server';

/** A discount with codes that was changed in Shopify, or is not there any more. */
export interface DiscountFact {
  discountId: bigint; // Shopify's DiscountCodeNode
}
