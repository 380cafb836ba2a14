import type { Decimal } from '~/platform/money';

export const affiliateStates = ['applied', 'approved', 'rejected', 'paused'] as const;
export type AffiliateState = (typeof affiliateStates)[number];

export const ruleKinds = ['percent', 'flat'] as const;
export type RuleKind = (typeof ruleKinds)[number];

/**
 * Which orders of a person earn: the first one an affiliate brought, each that comes with a code or link, or these and all
 * that the person orders afterwards without one.
 */
export const ruleScopes = ['first_order', 'every_order', 'lifetime'] as const;
export type RuleScope = (typeof ruleScopes)[number];

/** How a rate tells its goods. */
export const rateTargets = ['products', 'collections', 'tags'] as const;
export type RateTarget = (typeof rateTargets)[number];

/** What certain goods earn instead. `targets`: ids of products or collections, or tags. `value`: percent of their net, or money per piece. */
export interface RateTerms {
  on: RateTarget;
  targets: string[];
  kind: RuleKind;
  value: string;
}

/** What a merchant says of a group's commission. `value` is a decimal string: percent of net goods, or money per order. */
export interface RuleTerms {
  kind: RuleKind;
  value: string;
  scope: RuleScope;
  newCustomersOnly: boolean;
  holdDays: number; // from the order until it can be paid
  windowDays: number; // a click counts for orders this long after it
  rates: RateTerms[]; // of certain goods; the first that fits counts
}

export interface Rate extends Omit<RateTerms, 'value'> {
  value: Decimal;
}

/** A version of a group's rule; never changed. */
export interface CommissionRule extends Omit<RuleTerms, 'value' | 'rates'> {
  groupId: number;
  version: number;
  value: Decimal;
  rates: Rate[];
  effectiveFrom: Date;
}

export interface AffiliateGroup {
  id: number;
  name: string;
  rule: CommissionRule; // in force now
  members: number;
}

export interface Programme {
  token: string; // of the public pages
  title: string | null;
  intro: string | null;
  isOpen: boolean; // for applications
  minimumPayout: string;
}

export interface Affiliate {
  id: bigint;
  state: AffiliateState;
  email: string | null; // null: erased
  name: string | null;
  website: string | null;
  about: string | null;
  payoutTo: string | null;
  groupId: number | null;
  linkCode: string;
  reason: string | null;
  appliedAt: Date;
  decidedAt: Date | null;
}

/** Money of one affiliate in one currency, as decimal strings. `payable` may be below 0 after a refund of what was paid. */
export interface AffiliateBalance {
  currency: string;
  pending: string;
  payable: string;
  setAside: string; // in a payout that is under way
  paid: string;
}

/** A month of an affiliate's account in one currency. opening + earned + reversed + paid = closing; decimal strings, signed. */
export interface StatementPart {
  currency: string;
  opening: string;
  earned: string;
  reversed: string; // by refunds and cancellations
  paid: string; // what left, below 0
  closing: string; // waiting, payable and on its way
}

/** What was booked, as affiliates are told. */
export interface StatementLine {
  at: Date;
  kind: 'earn' | 'reverse' | 'pay';
  currency: string;
  amount: string;
}

/** What was brought in a week. */
export interface AffiliateWeek {
  monday: string; // YYYY-MM-DD
  clicks: number;
  orders: number; // that earn
  commission: string; // of these orders, by now
}

/** How an order came to an affiliate, the strongest first. */
export const vias = ['code', 'link', 'customer'] as const;
export type Via = (typeof vias)[number];

/** What became of the commission of an order; all but `earns` mean 0. */
export const outcomes = ['earns', 'unpaid', 'void', 'own_order', 'known_customer', 'later_order'] as const;
export type Outcome = (typeof outcomes)[number];

export const batchStates = ['open', 'paid', 'cancelled'] as const;
export type BatchState = (typeof batchStates)[number];

export interface PayoutBatch {
  id: bigint;
  currency: string;
  total: string;
  state: BatchState;
  reference: string | null;
  createdAt: Date;
  settledAt: Date | null;
  payouts: {
    affiliateId: bigint;
    name: string | null;
    email: string | null;
    payoutTo: string | null;
    amount: string;
  }[];
}
