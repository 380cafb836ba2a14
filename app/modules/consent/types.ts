export const consentStates = [
  'subscribed',
  'unsubscribed',
  'pending',
  'not_subscribed',
  'redacted',
  'invalid',
] as const;
export type ConsentState = (typeof consentStates)[number];

export const consentLevels = ['single_opt_in', 'confirmed_opt_in', 'unknown'] as const;
export type ConsentLevel = (typeof consentLevels)[number];

export const consentSources = [
  'shopify',
  'checkout',
  'unsubscribe_link',
  'one_click',
  'merchant',
  'bounce',
  'complaint',
  'import',
  'referral_page',
] as const;
export type ConsentSource = (typeof consentSources)[number];

export type SuppressionReason = 'hard_bounce' | 'complaint' | 'manual' | 'redacted';

/** A change of e-mail consent, by whoever told it; the newest `occurredAt` wins. */
export interface ConsentFact {
  shopifyCustomerId: bigint | null;
  email: string | null; // normalised; used when there is no customer id
  state: ConsentState;
  level: ConsentLevel | null;
  source: ConsentSource;
  occurredAt: Date;
  key: string; // natural key of the cause
  /** Of a tick in a checkout: the checkout, which may take it back. */
  checkoutToken?: string;
}

/** What a checkout says now. */
export interface CheckoutTick {
  token: string;
  /** Key of the fact of this checkout that stands; null when nobody agrees in it. */
  key: string | null;
  saidAt: Date;
}

/** What may be sent to a person now; `not_subscribed` when nothing is known. */
export interface ConsentNow {
  state: ConsentState;
  level: ConsentLevel | null;
  source: ConsentSource | null;
  consentedAt: Date | null;
}

/** A decision told to us directly: by a link in a mail, or by the merchant. */
export interface ConsentDecision {
  shopId: number;
  profileId: bigint;
  source: ConsentSource;
  key: string; // natural key of the cause
  evidence: Record<string, string | number | boolean | null>; // never an address
  now: Date;
}

/** A profile whose state is another one than before. */
export interface ConsentChange {
  profileId: bigint;
  state: ConsentState;
  was: ConsentState | null;
  occurredAt: Date;
  key: string; // of the fact that decided
}

/** Why marketing may not go to a person, or `ok`. */
export type RecipientVerdict = 'ok' | 'no_email' | 'not_subscribed' | 'suppressed';
