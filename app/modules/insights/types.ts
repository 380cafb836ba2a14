import { z } from 'zod';

// What the pages of the admin show. Ready for JSON: ids are strings, amounts decimal strings in shop currency, times ISO.

/** What a page needs to know of its shop to write money and dates. */
export interface ShopView {
  domain: string;
  name: string;
  currency: string;
  timeZone: string;
  locale: string;
}

/** One page of a list. A cursor is opaque: give it back as `after` or `before`. */
export interface ListPage<T> {
  items: T[];
  previous: string | null;
  next: string | null;
}

/** Where in a list to read. Both absent: from the start. */
export interface PageCursor {
  after?: string;
  before?: string;
}

// The schemas of lists read the search part of a URL: what makes no sense there is left out, so that an old link still works.
const cursorSchema = z.string().max(500).optional().catch(undefined);
const flagSchema = z
  .union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')])
  .optional()
  .catch(undefined);

export const pageCursorSchema = z.object({ after: cursorSchema, before: cursorSchema });

// ------------------------------------------------------------------ Home

export const figureNames = ['netRevenue', 'orders', 'recovered', 'mailsSent', 'pointsEarned'] as const;
export type FigureName = (typeof figureNames)[number];

export interface Figure {
  name: FigureName;
  total: string; // last 30 days
  previous: string; // the 30 days before
  days: { day: string; value: string }[]; // 30 shop-local days, oldest first; `day` is YYYY-MM-DD
}

export type ImportState = 'none' | 'running' | 'done' | 'failed';

/** What the set-up guide can tell from the data; the checkout block is only known to the browser. */
export interface SetupGuide {
  dismissed: boolean;
  import: ImportState;
  sender: boolean;
  earnRule: boolean;
  flow: boolean;
  testMail: boolean;
}

export interface ImportRun {
  id: string;
  kind: string;
  reason: string;
  status: string;
  totalObjects: number;
  ingestedLines: number;
  error: string | null;
  startedAt: string;
  finishedAt: string | null;
}

export interface Problems {
  deadDeliveries: number;
  unknownMails: number;
  failedMails: number;
  failedImports: number;
}

export interface TimelineEntry {
  id: string;
  kind: string;
  occurredAt: string;
  data: Record<string, string | number | boolean | null>;
}

export interface ActivityEntry extends TimelineEntry {
  profileId: string;
  profileName: string | null;
}

export interface HomePage {
  shop: ShopView;
  setup: SetupGuide;
  imports: ImportRun[]; // running now
  problems: Problems;
  activity: ActivityEntry[];
}

// ------------------------------------------------------------- Customers

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

// ----------------------------------------------------------------- Carts

export const cartTabs = ['open', 'abandoned', 'recovered'] as const;
export type CartTab = (typeof cartTabs)[number];

export const cartQuerySchema = pageCursorSchema.extend({
  tab: z.enum(cartTabs).default('abandoned').catch('abandoned'),
});
export type CartQuery = z.infer<typeof cartQuerySchema>;

export interface CartRow {
  token: string;
  kind: string;
  state: string;
  profileId: string | null;
  profileName: string | null;
  email: string | null;
  total: string;
  presentmentTotal: string;
  presentmentCurrency: string;
  lines: {
    title: string;
    variantTitle: string | null;
    quantity: number;
    price: string;
    imageUrl: string | null;
  }[];
  startedAt: string;
  lastActivityAt: string;
  abandonedAt: string | null;
  closedAt: string | null;
  orderId: string | null;
  orderName: string | null;
  recoveredAmount: string | null;
}

export interface CartFigures {
  open: { count: number; amount: string }; // now
  abandoned: { count: number; amount: string }; // now, last 30 days
  recovered: { count: number; amount: string }; // last 30 days
  rate: string | null; // recovered / ever abandoned, of those abandoned in the last 30 days; null when there were none
}

export interface CartsPage {
  shop: ShopView;
  carts: ListPage<CartRow>;
  figures: CartFigures;
}

// ----------------------------------------------------------------- Flows

export interface FlowSummary {
  key: string;
  enabled: boolean;
  enabledAt: string | null;
  running: number; // waiting now
  entered: number; // last 30 days
  sent: number; // last 30 days
  orders: number; // attributed, last 30 days
  revenue: string; // attributed, last 30 days
}

export interface FlowsPage {
  shop: ShopView;
  senderReady: boolean; // name and postal address are there; the law asks for them in every mail
  flows: FlowSummary[];
}

export interface FlowStepCounts {
  nodeKey: string;
  waiting: number;
  sent: number;
  withheld: number; // mails that were not sent, and decisions against one
  clicked: number;
  orders: number;
  revenue: string;
}

export interface FlowRunRow {
  id: string;
  profileId: string;
  profileName: string | null;
  state: string;
  nodeKey: string;
  dueAt: string | null;
  holdout: boolean;
  error: string | null;
  enteredAt: string;
  finishedAt: string | null;
  exitReason: string | null;
  mails: number;
}

export interface FlowPage {
  shop: ShopView;
  senderReady: boolean;
  hasGround: boolean; // false: nobody can ever enter as the programme is
  flow: FlowSummary & { version: number };
  steps: FlowStepCounts[];
  runs: ListPage<FlowRunRow>;
}

// --------------------------------------------------------------- Loyalty

/** People who ordered, and how many of them more than once. */
export interface OrderedAgain {
  people: number;
  again: number;
}

export interface LoyaltyOverview {
  members: number; // people who have or had points
  /** Whether the figures below are of every customer; otherwise they are of a sample, and good for shares only. */
  exact: boolean;
  customers: number; // people who ordered
  participants: number; // of them, members
  redeemers: OrderedAgain; // members who redeemed a reward
  others: OrderedAgain; // members who never did
  topRewards: { id: string; title: string; redeemed: number; used: number }[]; // at most 5, most redeemed first
}

export interface LoyaltySetup {
  earnRule: boolean; // looked at by the merchant
  reward: boolean; // there is one customers can choose
}

export interface TierState {
  members: { tierId: number; people: number }[]; // tiers somebody is in
  recompute: { done: number; total: number } | null; // running now
}

/** Where a person stands in the shop's tiers, and what is missing to the next one. Figures are decimal strings. */
export interface ProfileTierView {
  basis: string;
  currency: string;
  figure: string;
  name: string | null;
  multiplier: string | null;
  since: string | null;
  until: string | null;
  inGrace: boolean;
  next: { name: string; threshold: string } | null;
}

// -------------------------------------------------------------- Messages

export const messageTabs = ['all', 'sent', 'waiting', 'not_sent', 'failed', 'unknown', 'test'] as const;
export type MessageTab = (typeof messageTabs)[number];

export const messageQuerySchema = pageCursorSchema.extend({
  tab: z.enum(messageTabs).default('all').catch('all'),
});
export type MessageQuery = z.infer<typeof messageQuerySchema>;

export interface MessagesPage {
  shop: ShopView;
  messages: ListPage<MessageRow>;
}

export interface MessagePage {
  shop: ShopView;
  message: MessageRow & {
    locale: string;
    createdAt: string;
    attempts: number;
    smtpMessageId: string | null;
    smtpResponse: string | null;
    unsubscribedAt: string | null;
    bouncedAt: string | null;
    complainedAt: string | null;
    flowRunId: string | null;
    orderId: string | null;
    orderName: string | null;
  };
  decisions: { id: string; outcome: string; reason: string; until: string | null; decidedAt: string }[];
}

// ---------------------------------------------------------------- Health

export interface WorkState {
  kind: 'deliveries' | 'flow_runs' | 'mails' | 'consent';
  waiting: number; // due now, counted up to a limit
  oldestDueAt: string | null;
}

export interface DeadDelivery {
  id: string;
  topic: string;
  receivedAt: string;
  attempts: number;
  error: string | null;
}

export interface TopicState {
  topic: string;
  lastReceivedAt: string;
  received: number; // among the last 5,000 deliveries
  pending: number;
  dead: number;
}

/** The nightly comparison of every balance with its postings. */
export interface LedgerAudit {
  checkedAt: string;
  accounts: number;
  drifted: number; // balances that are not the sum of their postings
  balanced: boolean; // all postings together are 0
}

export interface HealthPage {
  shop: ShopView;
  now: string;
  work: WorkState[];
  dead: DeadDelivery[];
  topics: TopicState[];
  unknownMails: {
    id: string;
    templateKey: string;
    profileId: string;
    profileName: string | null;
    createdAt: string;
  }[];
  audit: LedgerAudit | null;
  imports: ImportRun[];
}

// -------------------------------------------------------------- Settings

export interface PrivacyRequestRow {
  id: string;
  kind: string;
  customerId: string | null;
  status: string;
  requestedAt: string;
  dueAt: string;
  finishedAt: string | null;
  hasExport: boolean;
}

// ------------------------------------------------------------- Referrals

export const referralTabs = ['review', 'held', 'claimed', 'rewarded', 'stopped'] as const;
export type ReferralTab = (typeof referralTabs)[number];

export const referralQuerySchema = pageCursorSchema.extend({
  tab: z.enum(referralTabs).default('review').catch('review'),
});
export type ReferralQuery = z.infer<typeof referralQuerySchema>;

export interface ReferralPerson {
  id: string;
  name: string | null; // or their address; null when nothing is known any more
}

export interface ReferralRow {
  id: string;
  state: string;
  why: string | null;
  evidence: { kind: string; blocks: boolean; count: number }[];
  claimedAt: string;
  holdUntil: string | null;
  decision: string | null;
  decisionReason: string | null;
  decidedAt: string | null;
  points: number; // that the advocate has because of it
  offerCode: string;
  order: { name: string; total: string } | null;
  advocate: ReferralPerson;
  friend: ReferralPerson;
}

export const referralSteps = ['clicked', 'claimed', 'ordered', 'held', 'rewarded'] as const;
export type ReferralFunnel = { step: (typeof referralSteps)[number]; count: number }[];

export interface ReferralsPage {
  shop: ShopView;
  programme: 'none' | 'off' | 'on';
  referrals: ListPage<ReferralRow>;
  waiting: number; // for the merchant's decision
  funnel: ReferralFunnel;
}
