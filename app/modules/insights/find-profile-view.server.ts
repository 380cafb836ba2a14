import type { Tx } from '~/platform/db/index.server';
import type { Decimal } from '~/platform/money';
import { fullName, iso, isoOrNull } from './iso';
import type { ProfileView } from './types';

interface Row {
  id: bigint;
  merged_into_id: bigint | null;
  shopify_customer_id: bigint | null;
  first_name: string | null;
  last_name: string | null;
  email: string | null;
  phone: string | null;
  locale: string | null;
  country: string | null;
  city: string | null;
  tags: string[];
  first_seen_at: Date;
  deleted_at: Date | null;
  redacted_at: Date | null;
  orders_count: number | null;
  net_spend: Decimal | null;
  gross_profit: Decimal | null;
  average_order_value: Decimal | null;
  first_order_at: Date | null;
  last_order_at: Date | null;
  days_between_orders: Decimal | null;
  refunds_count: number | null;
  refunded_amount: Decimal | null;
  points_balance: bigint | null;
  points_pending: bigint | null;
  open_cart_token: string | null;
  open_cart_value: Decimal | null;
  emails_sent: number | null;
  last_email_at: Date | null;
  last_click_at: Date | null;
  consent_state: string | null;
  consent_level: string | null;
  consent_source: string | null;
  consented_at: Date | null;
}

/**
 * A person with their traits, points and consent now. Points come from the ledger's accounts, not from the traits, so that
 * what was just adjusted shows. `mergedInto` names the profile that took this one over. Null when there is no such person.
 */
export async function findProfileView(
  tx: Tx,
  input: { shopId: number; profileId: bigint },
): Promise<{ profile: ProfileView; mergedInto: string | null } | null> {
  const { shopId, profileId } = input;
  const [row] = await tx.$queryRaw<Row[]>`
    SELECT p.id, p.merged_into_id, p.shopify_customer_id, p.first_name, p.last_name, p.email, p.phone, p.locale, p.country, p.city,
           p.tags, p.first_seen_at, p.deleted_at, p.redacted_at,
           t.orders_count, t.net_spend, t.gross_profit, t.average_order_value, t.first_order_at, t.last_order_at, t.days_between_orders,
           t.refunds_count, t.refunded_amount, t.open_cart_token, t.open_cart_value, t.emails_sent, t.last_email_at, t.last_click_at,
           (SELECT balance FROM ledger_accounts a WHERE a.shop_id = p.shop_id AND a.profile_id = p.id AND a.kind = 'points') AS points_balance,
           (SELECT balance FROM ledger_accounts a WHERE a.shop_id = p.shop_id AND a.profile_id = p.id AND a.kind = 'pending') AS points_pending,
           c.state AS consent_state, c.level AS consent_level, c.source AS consent_source, c.consented_at
    FROM profiles p
    LEFT JOIN profile_traits t ON t.shop_id = p.shop_id AND t.profile_id = p.id
    LEFT JOIN consents c ON c.shop_id = p.shop_id AND c.profile_id = p.id AND c.channel = 'email'
    WHERE p.shop_id = ${shopId} AND p.id = ${profileId}`;
  if (!row) return null;
  return {
    profile: toView(row),
    mergedInto: row.merged_into_id === null ? null : String(row.merged_into_id),
  };
}

function toView(row: Row): ProfileView {
  return {
    id: String(row.id),
    shopifyCustomerId: row.shopify_customer_id === null ? null : String(row.shopify_customer_id),
    name: fullName(row.first_name, row.last_name),
    firstName: row.first_name,
    email: row.email,
    phone: row.phone,
    locale: row.locale,
    country: row.country,
    city: row.city,
    tags: row.tags,
    firstSeenAt: iso(row.first_seen_at),
    deleted: row.deleted_at !== null,
    redacted: row.redacted_at !== null,
    ...toTraits(row),
    pointsBalance: Number(row.points_balance ?? 0),
    pointsPending: Number(row.points_pending ?? 0),
    consent: {
      state: row.consent_state ?? 'not_subscribed',
      level: row.consent_level,
      source: row.consent_source,
      consentedAt: isoOrNull(row.consented_at),
    },
  };
}

function toTraits(row: Row) {
  return {
    ordersCount: row.orders_count ?? 0,
    netSpend: (row.net_spend ?? 0).toString(),
    grossProfit: (row.gross_profit ?? 0).toString(),
    averageOrderValue: (row.average_order_value ?? 0).toString(),
    firstOrderAt: isoOrNull(row.first_order_at),
    lastOrderAt: isoOrNull(row.last_order_at),
    daysBetweenOrders: row.days_between_orders?.toString() ?? null,
    refundsCount: row.refunds_count ?? 0,
    refundedAmount: (row.refunded_amount ?? 0).toString(),
    openCartToken: row.open_cart_token,
    openCartValue: row.open_cart_value?.toString() ?? null,
    emailsSent: row.emails_sent ?? 0,
    lastEmailAt: isoOrNull(row.last_email_at),
    lastClickAt: isoOrNull(row.last_click_at),
  };
}
