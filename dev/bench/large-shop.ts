import { closeLedgerDays } from '~/modules/loyalty/index.server';
import { Prisma, prisma, withShop, type Tx } from '~/platform/db/index.server';
import { installShop } from './install-shop';

export const largeShopDomain = 'large.myshopify.com';
/** The id of person n, from 1, is this plus n. */
export const firstId = 1_000_000_000;

const ordersEach = 3;
const days = 730;

/**
 * A shop of so many people, each with three orders over two years, points, entries of a timeline and mails, every tenth with a
 * cart. Rows are written as they would be; what the database would check of each is right by construction.
 */
export async function arrangeLargeShop(people: number, now: Date): Promise<void> {
  const shopId = await installShop(largeShopDomain, new Date(now.getTime() - days * 24 * 60 * 60 * 1_000));
  await prisma().$transaction(
    async (tx) => {
      await tx.$executeRaw`SET LOCAL session_replication_role = replica`; // no checks of foreign keys
      await addPeople(tx, shopId, people, now);
      await addOrders(tx, shopId, people, now);
      await addPoints(tx, shopId, people);
      await addMailsAndCarts(tx, shopId, people, now);
    },
    { timeout: 3_600_000 },
  );
  await prisma().$executeRawUnsafe('ANALYZE');
  await withShop(shopId, (tx) => closeLedgerDays(tx, { shopId, now }), { timeoutMs: 600_000 }); // as the sweep does each night
}

async function addPeople(tx: Tx, shopId: number, people: number, now: Date): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO profiles (shop_id, id, shopify_customer_id, email, first_name, last_name, locale, country, city, first_seen_at, shopify_updated_at)
    SELECT ${shopId}::int, ${firstId}::bigint + n, 7000000000000 + n, 'person' || n || '@mail.example',
      (ARRAY['Kim', 'Alex', 'Robin', 'Maria', 'Jo', 'Noor', 'Lena'])[1 + n % 7], 'Berg ' || n, 'de', 'DE', 'Berlin',
      x.at, x.at
    FROM generate_series(1, ${people}::int) n, LATERAL (SELECT ${at(now, people)} AS at) x`;
  await tx.$executeRaw`
    INSERT INTO profile_identities (shop_id, kind, value, profile_id, asserted_at)
    SELECT p.shop_id, k.kind, k.value, p.id, p.first_seen_at FROM profiles p,
      LATERAL (VALUES ('shopify', p.shopify_customer_id::text), ('email', p.email)) AS k(kind, value)
    WHERE p.shop_id = ${shopId}::int`;
  await tx.$executeRaw`
    INSERT INTO consents (shop_id, profile_id, channel, state, source, consented_at)
    SELECT shop_id, id, 'email', CASE WHEN id % 3 = 0 THEN 'not_subscribed' ELSE 'subscribed' END, 'shopify', first_seen_at
    FROM profiles WHERE shop_id = ${shopId}::int`;
  await tx.$executeRaw`
    INSERT INTO profile_traits (shop_id, profile_id, orders_count, net_spend, gross_profit, average_order_value, first_order_at, last_order_at,
      days_between_orders, points_balance, emails_sent, email_state)
    SELECT shop_id, id, ${ordersEach}::int, s.spend, s.spend / 3, s.spend / ${ordersEach}::int, first_seen_at - interval '200 days', first_seen_at,
      100, 150, 1, CASE WHEN id % 3 = 0 THEN 'not_subscribed' ELSE 'subscribed' END
    FROM profiles, LATERAL (SELECT (30 + id * 13 % 5000)::numeric AS spend) s WHERE shop_id = ${shopId}::int`;
}

async function addOrders(tx: Tx, shopId: number, people: number, now: Date): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO orders (shop_id, id, name, profile_id, shopify_customer_id, email, currency, presentment_currency, presentment_total, subtotal,
      discounts, shipping, tax, taxes_included, total, cost, net_revenue, gross_profit, financial_status, processed_at, shopify_updated_at, paid_seen_at, paid_at)
    SELECT ${shopId}::int, 5000000000000 + n, '#' || n, ${firstId}::bigint + 1 + n % ${people}::int, 7000000000001 + n % ${people}::int,
      'person' || (1 + n % ${people}::int) || '@mail.example', 'EUR', 'EUR', 60, 50, 0, 5, 8, true, 60, 20, 47, 27, 'paid', x.at, x.at, x.at, x.at
    FROM generate_series(1, ${people * ordersEach}::int) n,
      LATERAL (SELECT ${at(now, people * ordersEach)} AS at) x`;
  await tx.$executeRaw`
    INSERT INTO order_lines (shop_id, order_id, id, product_id, variant_id, title, quantity, current_quantity, price, discount, tax, net, unit_cost)
    SELECT shop_id, id, id, 300 + id % 50, 400 + id % 50, 'Linen shirt', 1, 1, 50, 0, 8, 42, 20 FROM orders WHERE shop_id = ${shopId}::int`;
  await tx.$executeRaw`
    INSERT INTO timeline_events (shop_id, profile_id, kind, key, occurred_at, data)
    SELECT shop_id, profile_id, 'order_placed', id::text, processed_at,
      jsonb_build_object('orderId', id::text, 'name', name, 'total', '60', 'currency', 'EUR')
    FROM orders WHERE shop_id = ${shopId}::int`;
}

async function addPoints(tx: Tx, shopId: number, people: number): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO ledger_accounts (shop_id, kind, profile_id, balance)
    SELECT ${shopId}::int, 'points', ${firstId}::bigint + n, 150 FROM generate_series(1, ${people}::int) n
    UNION ALL SELECT ${shopId}::int, 'issued', NULL, NULL`;
  await tx.$executeRaw`
    WITH t AS (
      INSERT INTO ledger_transactions (shop_id, kind, idempotency_key, input_hash, order_id, rule_version, occurred_at, created_at)
      SELECT shop_id, 'earn', 'order:' || id, '', id, 1, paid_at, paid_at FROM orders WHERE shop_id = ${shopId}::int
      RETURNING id, order_id)
    INSERT INTO ledger_postings (shop_id, transaction_id, account_id, points)
    SELECT ${shopId}::int, t.id, a.id, 50 FROM t
    JOIN ledger_accounts a ON a.shop_id = ${shopId}::int AND a.kind = 'points' AND a.profile_id = ${firstId}::bigint + 1 + (t.order_id - 5000000000000) % ${people}::int
    UNION ALL
    SELECT ${shopId}::int, t.id, (SELECT id FROM ledger_accounts WHERE shop_id = ${shopId}::int AND kind = 'issued'), -50 FROM t`;
}

async function addMailsAndCarts(tx: Tx, shopId: number, people: number, now: Date): Promise<void> {
  const carts = Math.ceil(people / 10);
  await tx.$executeRaw`
    INSERT INTO messages (shop_id, token, dedupe_key, profile_id, kind, flow_key, template_key, locale, to_address, status, created_at, sent_at, handed_over_at)
    SELECT ${shopId}::int, md5('large' || n), 'large:' || n, ${firstId}::bigint + n, 'marketing', 'win_back', 'win_back', 'de',
      'person' || n || '@mail.example', 'sent', x.at, x.at, x.at
    FROM generate_series(1, ${people}::int) n,
      LATERAL (SELECT ${at(now, people)} AS at) x`;
  await tx.$executeRaw`
    INSERT INTO carts (shop_id, token, kind, public_id, profile_id, email, currency, presentment_currency, total, presentment_total, lines, state,
      started_at, last_activity_at, abandoned_at)
    SELECT ${shopId}::int, 'cart-' || n, 'checkout', md5('cart' || n), ${firstId}::bigint + n, 'person' || n || '@mail.example', 'EUR', 'EUR', 49, 49, '[]',
      'abandoned', x.at, x.at, x.at + interval '1 hour'
    FROM generate_series(1, ${carts}::int) n,
      LATERAL (SELECT ${at(now, carts)} AS at) x`;
}

/** When the nth of so many happened: one after the other, as rows are written, the last one now. */
function at(now: Date, count: number): Prisma.Sql {
  return Prisma.sql`${now}::timestamptz - make_interval(secs => (${count}::int - n) * ${days * 86_400}::float8 / ${count}::int)`;
}
