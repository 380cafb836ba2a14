import type { PersonRef } from '~/platform/person-ref';

export type { PersonRef };

/** What Shopify (or a checkout, or an order) told about a person. Absent fields were not told; null means "told: none". */
export interface CustomerFact {
  shopifyCustomerId: bigint;
  email: string | null; // normalised
  phone: string | null; // E.164
  firstName: string | null;
  lastName: string | null;
  locale?: string | null;
  country?: string | null; // ISO 3166-1 alpha-2
  city?: string | null;
  tags?: string[]; // whole list; webhooks do not carry it, the backfill does
  createdAt: Date | null;
  updatedAt: Date; // of the fact: older facts never overwrite newer ones
  deleted?: boolean;
}

export interface CustomerTagsFact {
  shopifyCustomerId: bigint;
  added: string[];
  removed: string[];
  occurredAt: Date;
}

export interface CustomerMergeFact {
  keptId: bigint;
  deletedId: bigint;
  occurredAt: Date;
}

export type TimelineKind =
  | 'order_placed'
  | 'order_cancelled'
  | 'order_refunded'
  | 'order_fulfilled'
  | 'cart_abandoned'
  | 'cart_recovered'
  | 'consent_changed'
  | 'email_sent'
  | 'email_clicked'
  | 'email_withheld'
  | 'email_bounced'
  | 'email_complained'
  | 'points_adjusted'
  | 'points_expired'
  | 'event_earned'
  | 'reward_redeemed'
  | 'reward_cancelled'
  | 'referral_claimed'
  | 'referral_rewarded'
  | 'referral_taken_back'
  | 'profiles_merged'
  | 'flow_entered'
  | 'flow_exited';

export interface TimelineInput {
  profileId: bigint;
  kind: TimelineKind;
  key: string; // natural key of the happening: recording it again changes nothing
  occurredAt: Date;
  data?: Record<string, string | number | boolean | null>; // ids, names of orders, amounts as text; never addresses
}
