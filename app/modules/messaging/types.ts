export type MessageKind = 'marketing' | 'transactional' | 'test';

export const templateKeys = [
  'abandoned_checkout.first',
  'abandoned_checkout.second',
  'abandoned_checkout.third',
  'first_order_thank_you',
  'win_back',
  'points_expiring',
  'tier_up',
  'reward_available',
  'referral_invitation',
  'referral_welcome',
  'referral_reward',
  'affiliate_sign_in',
] as const;
export type TemplateKey = (typeof templateKeys)[number];

export const mailLocales = ['en', 'de', 'fr'] as const;
export type MailLocale = (typeof mailLocales)[number];

/** What a message is about, by id; the words and figures are looked up when it is delivered. */
export interface MessageSubject {
  cartToken?: string;
  orderId?: string;
  dueDay?: string; // the day from which points are gone, YYYY-MM-DD
  tierId?: string;
  rewardId?: string;
  referralId?: string;
  /** The address of a link into the affiliates' portal, sealed with `encrypt`. */
  signIn?: string;
  /** A made-up customer and cart, for test mails. */
  sample?: boolean;
}

/** A mail to be sent. `dedupeKey` is its natural key: the same key is the same mail. */
export interface NewMessage {
  dedupeKey: string;
  profileId: bigint;
  kind: MessageKind;
  flowKey?: string | null;
  flowRunId?: bigint | null;
  nodeKey?: string | null;
  templateKey: TemplateKey;
  vars: MessageSubject;
  /** Only for test mails and to people who are no customers (profile 0); otherwise the profile's address at delivery. */
  toAddress?: string | null;
  /** Only for test mails; otherwise the language the customer is known to read. */
  locale?: MailLocale;
}

export interface SentForCart {
  token: string;
  messageId: bigint;
}

/** A mail as it looks: what a preview shows and what was sent. */
export interface RenderedMail {
  subject: string;
  html: string;
  text: string;
}

export interface TemplatePreview extends RenderedMail {
  /** Placeholders nothing can fill, e.g. `customer.nickname`. Such a mail would be withheld. */
  missing: string[];
}

export interface StoredMail extends RenderedMail {
  /** Whether rendering it again gives the very bytes that were sent; null before it was sent, and of mails with a secret. */
  asSent: boolean | null;
}

/** What a mail shows of a cart. */
export interface CartInMail {
  state: 'open' | 'abandoned' | 'recovered' | 'ordered' | 'replaced' | 'deleted';
  locale: string | null;
  lines: {
    title: string;
    variantTitle: string | null;
    quantity: number;
    price: string;
    imageUrl: string | null;
  }[];
  presentmentTotal: string;
  presentmentCurrency: string | null;
  recoveryUrl: string | null;
}

/** What a mail shows of the programme; only what it is about. */
export interface LoyaltyInMail {
  /** Points about to expire; null when nothing does any more. */
  expiring: { points: number; worth: string | null; lastDay: string } | null; // shop currency; YYYY-MM-DD
  /** The tier the mail is about; null when they are not in it any more. */
  tier: { name: string; multiplier: number; points: number; until: string | null } | null; // 1: none; 0: none; YYYY-MM-DD
  rewards: { title: string; points: number }[]; // that the balance can buy, the dearest first
}

/** An offer to friends, in figures. */
export interface OfferInMail {
  kind: 'amount_off' | 'percentage';
  value: string; // shop currency, or percent
  minimum: string | null; // shop currency; null: any order
}

/** What a mail shows of referrals; only what it is about. */
export interface ReferralInMail {
  /** The person's own link and what it brings; null while the programme is off. */
  invitation: { link: string; offer: OfferInMail; points: number } | null;
  /** The friend's code; null when it is used, or theirs no more. `until`: the last day, YYYY-MM-DD; null: it never ends. */
  claim: { code: string; until: string | null; offer: OfferInMail } | null;
  /** What the advocate got; null when they have it no more. */
  reward: { points: number } | null;
}

/** Why a mail was not sent although it was queued. A missing value carries its name: `missing_value: cart.total`. */
export type WithheldReason =
  | 'shop_uninstalled'
  | 'no_email'
  | 'not_subscribed'
  | 'suppressed'
  | 'cart_closed'
  | 'order_placed'
  | 'order_undone'
  | 'unsubscribed'
  | 'superseded'
  | 'redacted'
  | 'points_kept'
  | 'tier_lost'
  | 'reward_lost'
  | 'programme_off'
  | 'offer_gone'
  | 'referral_undone'
  | 'too_late'
  | `missing_value: ${string}`
  | `template_error: ${string}`;

/** What became of a message in a delivery, for those who note it elsewhere. */
export type DeliveryOutcome = {
  messageId: bigint;
  profileId: bigint;
  kind: MessageKind;
  templateKey: TemplateKey;
} & (
  | { outcome: 'sent' }
  | { outcome: 'withheld'; reason: WithheldReason }
  | { outcome: 'bounced'; email: string }
);
