import { z } from 'zod';
import type { CartRow } from './carts';
import type { TimelineEntry } from './home';
import type { ProfileTierView } from './loyalty';
import { type ListPage, type ShopView, flagSchema, pageCursorSchema } from './shared';

export const profileSorts = ['newest', 'spend', 'last_order', 'orders'] as const;
export type ProfileSort = (typeof profileSorts)[number];
export const emailStates = [
  'subscribed',
  'unsubscribed',
  'pending',
  'not_subscribed',
  'redacted',
  'invalid',
] as const;

export const profileQuerySchema = pageCursorSchema.extend({
  search: z.string().trim().max(100).optional().catch(undefined),
  sort: z.enum(profileSorts).default('newest').catch('newest'),
  emailState: z.enum(emailStates).optional().catch(undefined),
  hasOrders: flagSchema,
  hasPoints: flagSchema,
  hasCart: flagSchema,
  tag: z.string().max(255).optional().catch(undefined),
});
export type ProfileQuery = z.infer<typeof profileQuerySchema>;

export interface ProfileRow {
  id: string;
  name: string | null;
  email: string | null;
  country: string | null;
  city: string | null;
  emailState: string;
  ordersCount: number;
  netSpend: string;
  lastOrderAt: string | null;
  pointsBalance: number;
  hasOpenCart: boolean;
}

/** How many there are: counted when that is quick, otherwise the database's own estimate. */
export interface Count {
  value: number;
  exact: boolean;
}

export interface CustomersPage {
  shop: ShopView;
  profiles: ListPage<ProfileRow>;
  count: Count;
  tags: string[]; // to choose from
  empty: boolean; // the shop has nobody yet
}

export const profileTabs = ['timeline', 'points', 'messages', 'orders', 'carts', 'consent'] as const;
export type ProfileTab = (typeof profileTabs)[number];

export const profilePageQuerySchema = pageCursorSchema.extend({
  tab: z.enum(profileTabs).default('timeline').catch('timeline'),
});

export interface ProfileView {
  id: string;
  shopifyCustomerId: string | null;
  name: string | null;
  firstName: string | null;
  email: string | null;
  phone: string | null;
  locale: string | null;
  country: string | null;
  city: string | null;
  tags: string[];
  firstSeenAt: string;
  deleted: boolean; // in Shopify
  redacted: boolean;
  ordersCount: number;
  netSpend: string;
  grossProfit: string;
  averageOrderValue: string;
  firstOrderAt: string | null;
  lastOrderAt: string | null;
  daysBetweenOrders: string | null;
  refundsCount: number;
  refundedAmount: string;
  pointsBalance: number;
  pointsPending: number;
  openCartToken: string | null;
  openCartValue: string | null;
  emailsSent: number;
  lastEmailAt: string | null;
  lastClickAt: string | null;
  consent: { state: string; level: string | null; source: string | null; consentedAt: string | null };
}

export interface LedgerEntry {
  id: string; // of the transaction
  kind: string; // of the ledger, or `referral` for points that came with a friend
  points: number; // spendable, signed
  pending: number; // held, signed
  orderId: string | null;
  orderName: string | null;
  forTier: boolean; // for reaching a tier, or for not having reached it after all
  reason: string | null;
  staff: string | null;
  occurredAt: string;
}

/** A mail, or a decision not to send one (yet). */
export interface MessageRow {
  id: string;
  profileId: string;
  profileName: string | null;
  toAddress: string | null;
  type: 'message' | 'decision';
  at: string;
  flowKey: string | null;
  nodeKey: string | null;
  templateKey: string | null;
  messageKind: string | null;
  status: string; // of the message; or the outcome of the decision
  reason: string | null; // the arbiter's
  until: string | null;
  error: string | null;
  sentAt: string | null;
  clickedAt: string | null;
  revenue: string | null;
}

export interface OrderRow {
  id: string;
  name: string;
  processedAt: string;
  financialStatus: string | null;
  fulfillmentStatus: string | null;
  cancelled: boolean;
  test: boolean;
  total: string;
  refundedTotal: string;
  netRevenue: string;
  points: number; // earned and not taken back, spendable or held
}

export interface ConsentEntry {
  id: string;
  state: string;
  level: string | null;
  source: string;
  evidence: Record<string, string | number | boolean | null>;
  occurredAt: string;
  withdrawnAt: string | null; // a checkout took back what was ticked in it
}

export type ProfileTabContent =
  | { tab: 'timeline'; page: ListPage<TimelineEntry> }
  | { tab: 'points'; page: ListPage<LedgerEntry> }
  | { tab: 'messages'; page: ListPage<MessageRow> }
  | { tab: 'orders'; page: ListPage<OrderRow> }
  | { tab: 'carts'; page: ListPage<CartRow> }
  | { tab: 'consent'; page: ListPage<ConsentEntry> };

export interface ProfilePage {
  shop: ShopView;
  profile: ProfileView;
  tier: ProfileTierView | null; // null: the shop has no tiers
  content: ProfileTabContent;
}
