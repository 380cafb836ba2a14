/**
 * The one list of what is held on people, table by table: what an export shows, what forgetting does, what stays. A test
 * compares it with the database, so a new column has to be judged here before it can be used.
 */
export interface PersonalTable {
  /** Which rows are a person's: SQL over the row `t` and the people asked about, `s` (see personal-rows.server.ts). */
  rows: string;
  /** Shown in a data export. Columns that are only our bookkeeping are named in `plain` and shown all the same. */
  exported: boolean;
  /** `delete`, or what each column that tells about the person becomes (SQL over `t` and `s`). */
  forget: 'delete' | Record<string, string>;
  /** Columns of text or JSON that tell nothing about a person, or must stay: money and numbers of orders, keys, states. */
  plain: readonly string[];
}

const ofProfile = 't.profile_id = ANY (s.profile_ids)';
const ofOrder = 't.order_id = ANY (s.order_ids)';
const ofAccount = `t.id IN (
  SELECT p.transaction_id FROM ledger_accounts a
  JOIN ledger_postings p ON p.shop_id = a.shop_id AND p.account_id = a.id
  WHERE a.shop_id = s.shop_id AND a.profile_id = ANY (s.profile_ids))`;

// An affiliate is a person too, known to the shop by the address they applied with.
const ofAffiliate = `t.affiliate_id IN (
  SELECT a.id FROM affiliates a WHERE a.shop_id = s.shop_id AND a.email = ANY (s.emails))`;

/** Tables with rows about a person. In this order they are exported and forgotten. */
export const personalTables: Record<string, PersonalTable> = {
  profiles: {
    rows: 't.id = ANY (s.profile_ids)',
    exported: true,
    forget: {
      shopify_customer_id: 'NULL',
      email: 'NULL',
      phone: 'NULL',
      first_name: 'NULL',
      last_name: 'NULL',
      locale: 'NULL',
      country: 'NULL',
      city: 'NULL',
      tags: `'{}'`,
      redacted_at: 'coalesce(t.redacted_at, s.now)',
    },
    plain: ['search_name', 'search_last_name'], // generated from the names
  },
  profile_identities: {
    rows: `${ofProfile} AND t.kind <> 'redacted'`,
    exported: true,
    forget: 'delete',
    plain: [],
  },
  profile_tags: { rows: ofProfile, exported: false, forget: 'delete', plain: [] },
  profile_repoints: {
    rows: `(t.from_profile_id = ANY (s.profile_ids) OR t.into_profile_id = ANY (s.profile_ids)
      OR t.value = ANY (s.emails) OR t.value = ANY (s.phones))`,
    exported: false,
    forget: 'delete',
    plain: [],
  },
  profile_traits: {
    rows: ofProfile,
    exported: true,
    forget: { open_cart_token: 'NULL', open_cart_value: 'NULL', email_state: `'not_subscribed'` },
    plain: [],
  },
  timeline_events: { rows: ofProfile, exported: true, forget: 'delete', plain: [] },
  consents: { rows: ofProfile, exported: true, forget: 'delete', plain: [] },
  consent_events: { rows: ofProfile, exported: true, forget: 'delete', plain: [] },
  consent_pushes: { rows: ofProfile, exported: false, forget: 'delete', plain: [] },
  orders: {
    rows: 't.id = ANY (s.order_ids)',
    exported: true,
    forget: {
      shopify_customer_id: 'NULL',
      email: 'NULL',
      phone: 'NULL',
      locale: 'NULL',
      tags: `'{}'`,
      address_hash: 'NULL',
    },
    plain: [
      'name',
      'checkout_token',
      'cart_token',
      'click_token', // random, of a link; leads to the affiliate and no further
      'currency',
      'presentment_currency',
      'financial_status',
      'fulfillment_status',
      'source_name',
      'cancel_reason',
      'fact_version',
    ],
  },
  order_lines: { rows: ofOrder, exported: true, forget: {}, plain: ['title', 'sku'] },
  order_discounts: { rows: ofOrder, exported: true, forget: {}, plain: ['code', 'kind'] },
  refunds: { rows: ofOrder, exported: true, forget: {}, plain: ['fact_version'] },
  refund_lines: {
    rows: `t.refund_id IN (SELECT r.id FROM refunds r WHERE r.shop_id = s.shop_id AND r.order_id = ANY (s.order_ids))`,
    exported: true,
    forget: {},
    plain: [],
  },
  fulfillments: {
    rows: ofOrder,
    exported: true,
    forget: {},
    plain: ['status', 'shipment_status', 'fact_version'],
  },
  carts: {
    rows: `(t.profile_id = ANY (s.profile_ids) OR t.shopify_customer_id = ANY (s.customer_ids)
      OR (t.shopify_customer_id IS NULL AND t.email = ANY (s.emails)))`,
    exported: true,
    forget: {
      shopify_customer_id: 'NULL',
      email: 'NULL',
      phone: 'NULL',
      locale: 'NULL',
      lines: `'[]'`,
      recovery_url: 'NULL',
    },
    plain: [
      'token',
      'kind',
      'public_id',
      'cart_token',
      'currency',
      'presentment_currency',
      'state',
      'fact_version',
    ],
  },
  messages: {
    rows: ofProfile,
    exported: true,
    forget: {
      to_address: 'NULL',
      vars: `'{}'`,
      context: `'{}'`,
      smtp_response: 'NULL',
      error: 'NULL',
      status: `CASE WHEN t.status = 'queued' THEN 'withheld' ELSE t.status END`,
    },
    plain: [
      'token',
      'dedupe_key',
      'kind',
      'flow_key',
      'node_key',
      'template_key',
      'locale',
      'smtp_message_id',
      'lease_id',
      'content_hash',
    ],
  },
  send_decisions: {
    rows: ofProfile,
    exported: true,
    forget: { details: `'{}'` },
    plain: ['flow_key', 'node_key', 'outcome', 'reason'],
  },
  flow_runs: {
    rows: ofProfile,
    exported: true,
    forget: {
      context: `'{}'`,
      error: 'NULL',
      state: `CASE WHEN t.state = 'waiting' THEN 'exited' ELSE t.state END`,
      exit_reason: `CASE WHEN t.state = 'waiting' THEN 'redacted' ELSE t.exit_reason END`,
      finished_at: `CASE WHEN t.state = 'waiting' THEN s.now ELSE t.finished_at END`,
      due_at: 'NULL',
    },
    plain: ['flow_key', 'run_key', 'node_key'],
  },
  profile_tiers: { rows: ofProfile, exported: true, forget: 'delete', plain: [] },
  order_multipliers: { rows: ofOrder, exported: true, forget: {}, plain: [] },
  order_line_factors: { rows: ofOrder, exported: true, forget: {}, plain: ['waits_for'] },
  order_line_earns: { rows: ofOrder, exported: true, forget: {}, plain: ['waits_for'] },
  ledger_accounts: { rows: ofProfile, exported: true, forget: {}, plain: ['kind'] },
  ledger_transactions: {
    rows: ofAccount,
    exported: true,
    forget: { reason: 'NULL' }, // the one change the ledger allows, see the loyalty migration
    plain: ['kind', 'idempotency_key', 'input_hash', 'staff'],
  },
  ledger_postings: {
    rows: `t.account_id IN (
      SELECT a.id FROM ledger_accounts a WHERE a.shop_id = s.shop_id AND a.profile_id = ANY (s.profile_ids))`,
    exported: true,
    forget: {},
    plain: [],
  },
  standing_changes: { rows: ofProfile, exported: false, forget: 'delete', plain: ['from_tier', 'to_tier'] },
  signals: {
    rows: ofProfile,
    exported: true,
    forget: 'delete',
    plain: ['handle', 'key', 'payload', 'error'], // points, tiers, rewards
  },
  // Shopify forgets its own; a claim that is on its way finds nobody and writes nothing.
  told_standings: {
    rows: 't.customer_id = ANY (s.customer_ids)',
    exported: true,
    forget: 'delete',
    plain: ['tier', 'tag', 'next_tag', 'error'],
  },
  redemptions: {
    rows: ofProfile,
    exported: true,
    forget: { error: 'NULL' },
    plain: ['key', 'terms', 'code', 'state', 'staff'], // the code works for nobody else, and the command is a random key
  },
  point_batch_lines: {
    rows: `(t.profile_id = ANY (s.profile_ids) OR t.who = ANY (s.emails)
      OR t.who = ANY (s.customer_ids::text[]))`,
    exported: true,
    forget: { who: 'NULL', reason: 'NULL' },
    plain: ['problem'],
  },
  earn_events: {
    rows: ofProfile,
    exported: true,
    forget: { key: 't.id::text' }, // another system's words
    plain: ['code'],
  },
  birthdays: { rows: ofProfile, exported: true, forget: 'delete', plain: [] },
  referral_codes: { rows: ofProfile, exported: true, forget: 'delete', plain: [] },
  referral_devices: { rows: ofProfile, exported: true, forget: 'delete', plain: [] },
  referrals: {
    rows: '(t.friend_id = ANY (s.profile_ids) OR t.advocate_id = ANY (s.profile_ids))',
    exported: true, // of the other one it has a number only
    forget: {
      claim_key: `CASE WHEN t.friend_id = ANY (s.profile_ids) THEN 'forgotten:' || t.id ELSE t.claim_key END`,
      ip_hash: 'NULL',
      device_hash: 'NULL',
      decision_reason: 'NULL',
      offer_error: 'NULL',
    },
    plain: [
      'code',
      'state',
      'why',
      'evidence',
      'decision',
      'decided_by',
      'accepted',
      'offer_code',
      'offer_state',
    ],
  },
  affiliate_sign_ins: { rows: ofAffiliate, exported: false, forget: 'delete', plain: [] },
  affiliate_codes: { rows: ofAffiliate, exported: true, forget: {}, plain: ['code'] }, // of the shop
  affiliate_clicks: { rows: ofAffiliate, exported: false, forget: {}, plain: ['token'] },
  affiliate_orders: {
    rows: `(${ofAffiliate} OR ${ofOrder})`,
    exported: true,
    forget: {},
    plain: ['via', 'code', 'outcome', 'currency', 'line_rates'],
  },
  affiliate_accounts: { rows: ofAffiliate, exported: true, forget: {}, plain: ['kind', 'currency'] },
  affiliate_payouts: { rows: ofAffiliate, exported: true, forget: {}, plain: [] },
  affiliate_spans: {
    rows: ofAffiliate,
    exported: true,
    forget: { to_at: 'coalesce(t.to_at, s.now)' }, // earns nothing any more
    plain: [],
  },
  // After whatever is found by the address.
  affiliates: {
    rows: 't.email = ANY (s.emails)',
    exported: true,
    forget: {
      email: 'NULL',
      name: 'NULL',
      website: 'NULL',
      about: 'NULL',
      payout_to: 'NULL',
      reason: 'NULL',
      state: `CASE WHEN t.state = 'approved' THEN 'paused' WHEN t.state = 'applied' THEN 'rejected' ELSE t.state END`,
      forgotten_at: 'coalesce(t.forgotten_at, s.now)',
    },
    plain: ['link_code', 'staff'],
  },
  privacy_requests: {
    rows: `(t.customer_id = ANY (s.customer_ids)
      OR EXISTS (SELECT 1 FROM unnest(s.emails) AS e(email) WHERE strpos(lower(t.export::text), e.email) > 0))`,
    exported: false,
    forget: { customer_id: 'NULL', export: 'NULL' },
    plain: ['kind', 'key', 'status'],
  },
};

/** Addresses and numbers wherever they stand, also in rows that are somebody else's. */
export const addressColumns: readonly { table: string; column: string; holds: 'emails' | 'phones' }[] = [
  { table: 'orders', column: 'email', holds: 'emails' },
  { table: 'orders', column: 'phone', holds: 'phones' },
  { table: 'carts', column: 'email', holds: 'emails' },
  { table: 'carts', column: 'phone', holds: 'phones' },
  { table: 'messages', column: 'to_address', holds: 'emails' },
];

/** Tables without rows about a person, and why their text may stay when one is forgotten. */
export const impersonalTables: Record<string, string> = {
  _prisma_migrations: 'migrations',
  affiliate_assets: 'the merchant’s pictures and texts',
  affiliate_groups: 'the merchant’s rules',
  affiliate_payout_batches: 'sums of money and the merchant’s references',
  affiliate_postings: 'amounts; whose they are, accounts say',
  affiliate_programmes: 'the merchant’s words',
  affiliate_rules: 'the merchant’s rules',
  affiliate_transactions: 'amounts, and numbers of orders, payouts and affiliates',
  backfill_runs: 'progress of imports; the result address is short-lived and of the whole shop',
  delivery_scans: 'how far the search for erased people has come',
  earn_rules: 'the merchant’s rules',
  email_templates: 'mails with their placeholders left in',
  email_words: 'the merchant’s words',
  email_word_versions: 'the merchant’s words',
  expiry_rules: 'the merchant’s rules',
  flow_versions: 'definitions of flows',
  campaigns: 'the merchant’s rules',
  collections: 'products',
  earn_actions: 'the merchant’s rules',
  earn_settings: 'a hashed key of the merchant’s',
  flows: 'switches of flows',
  inbox_events: 'raw deliveries: found and blanked by scrubDeliveries, purged after 30 days',
  ledger_audits: 'counts',
  ledger_closings: 'how far the books are closed',
  ledger_days: 'sums of days',
  loyalty_settings: 'the merchant’s own; erased with the shop',
  order_deletions: 'numbers of orders',
  platform_state: 'of the installation, not of a shop',
  point_batches: 'who of the staff gave points to whom for what; the people are in the lines',
  point_holds: 'numbers of orders',
  product_variants: 'products',
  products: 'products',
  referral_pools: 'the merchant’s discounts',
  referral_pool_codes: 'codes nobody has',
  referral_programmes: 'the merchant’s rules',
  referral_visits: 'codes, and hashes of visitors keyed by the day',
  rewards: 'the merchant’s rewards',
  signal_uses: 'which triggers the merchant’s workflows begin with',
  sessions: 'the merchant’s staff, encrypted; deleted at uninstall',
  shop_settings: 'the merchant’s own; erased with the shop',
  shops: 'the merchant’s own; erased with the shop',
  tier_programmes: 'the merchant’s rules',
  tier_benefits: 'the merchant’s rules',
  tier_recomputes: 'counts and the number of a profile',
  tiers: 'the merchant’s rules',
  suppressions: 'keyed hashes of addresses, kept so that nobody mails them again',
};
