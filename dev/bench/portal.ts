import { randomUUID } from 'node:crypto';
import { ensureProgramme, saveGroup } from '~/modules/affiliates/index.server';
import { prisma, withShop } from '~/platform/db/index.server';
import { partnerCookie } from '~/processes/partner-session.server';
import { loader as list } from '~/routes/portal.$list';
import { loader as home } from '~/routes/portal._index';
import { loader as statement } from '~/routes/portal.statements.$month';
import type { Bench, Figure } from './figure';
import { installShop } from './install-shop';
import { quantile } from './world';

const orders = Number(process.env.BENCH_ORDERS ?? 10_000);
const others = 100; // affiliates with a hundredth of them each
const days = 700;
const today = new Date();
const begun = new Date(today.getTime() - days * 24 * 60 * 60 * 1_000);

/** Pages of the affiliates' portal for somebody who brought 10,000 orders, in a shop with others: from request to HTML. */
export const benchPortal: Bench = async ({ seconds }) => {
  const { shopId, affiliateId } = await arrange();
  const cookie = (await partnerCookie({ shopId, affiliateId }, today)).split(';')[0] ?? '';
  const request = (path: string) => new Request(`https://bench.example${path}`, { headers: { cookie } });
  const at = (path: string, params: Record<string, string> = {}) => ({
    request: request(path),
    params,
    context: {},
  });
  const older = await deepPage(async (path) => (await list(at(path, { list: 'orders' }))).text());
  const month = new Date(today.getTime() - 40 * 24 * 60 * 60 * 1_000).toISOString().slice(0, 7);
  const pages = {
    'portal, home': () => home(at('/portal')),
    'portal, orders far back': () => list(at(older, { list: 'orders' })),
    'portal, payouts': () => list(at('/portal/payouts', { list: 'payouts' })),
    'portal, statement': () => statement(at(`/portal/statements/${month}`, { month })),
  };
  const figures: Figure[] = [];
  for (const [name, ask] of Object.entries(pages)) {
    await measure(ask, 1);
    const times = await measure(ask, seconds);
    const p99 = quantile(times, 0.99);
    const of = { name: 'p50', value: quantile(times, 0.5) };
    figures.push({ name: `${name}, p99`, value: p99, unit: 'ms', budget: { atMost: 150 }, of });
  }
  return figures;
};

/** One request after the other; how long each took. */
async function measure(ask: () => Promise<Response>, seconds: number): Promise<number[]> {
  const times: number[] = [];
  const end = performance.now() + seconds * 1_000;
  while (performance.now() < end) {
    const start = performance.now();
    const answer = await ask();
    await answer.text();
    if (answer.status !== 200) throw new Error(`a page of the portal answered ${answer.status}`);
    times.push(performance.now() - start);
  }
  return times;
}

/** Where a reader gets by turning twenty pages. */
async function deepPage(read: (path: string) => Promise<string>): Promise<string> {
  let path = '/portal/orders';
  for (let turned = 0; turned < 20; turned += 1) {
    const next = /rel="next" href="([^"]+)"/.exec(await read(path))?.[1];
    if (next === undefined) throw new Error(`the portal has no page after ${turned}`);
    path = `/portal/orders${next}`;
  }
  return path;
}

/** A shop with a programme of two years: clicks, orders, a ledger with holds that ended, and a payout a month. */
async function arrange(): Promise<{ shopId: number; affiliateId: bigint }> {
  const shopId = await installShop('portal.myshopify.com', begun);
  const terms = {
    ...({
      kind: 'percent',
      value: '10',
      scope: 'every_order',
      newCustomersOnly: false,
      holdDays: 30,
    } as const),
    ...{ windowDays: 30, rates: [] },
  };
  const { groupId } = await withShop(shopId, async (tx) => {
    await ensureProgramme(tx, { shopId, now: begun });
    return saveGroup(tx, { shopId, groupId: null, name: 'Partners', terms, key: randomUUID(), now: begun });
  });
  const db = prisma();
  await db.$executeRaw`
    INSERT INTO affiliates (shop_id, state, email, name, group_id, link_code, applied_at)
    SELECT ${shopId}::int, 'approved', 'partner' || n || '@mail.example', 'Partner', ${groupId}::int, 'link' || n, ${begun}
    FROM generate_series(0, ${others}::int) n`;
  await db.$executeRaw`
    INSERT INTO affiliate_spans (shop_id, affiliate_id, group_id, from_at)
    SELECT shop_id, id, group_id, applied_at FROM affiliates WHERE shop_id = ${shopId}`;
  const { id: affiliateId } = await db.affiliate.findFirstOrThrow({
    where: { shopId },
    orderBy: { id: 'asc' },
  });
  // Everybody's orders by time: each second one is the big affiliate's, the other is one of the others'.
  await db.$executeRaw`
    INSERT INTO affiliate_orders (shop_id, order_id, affiliate_id, via, code, group_id, rule_version, is_own, outcome, net, commission,
                                  currency, placed_at, due_at)
    SELECT ${shopId}::int, n, CASE WHEN n % 2 = 0 THEN ${affiliateId}::bigint ELSE ${affiliateId}::bigint + 1 + n % ${others}::int END, 'code', 'ROSA',
      ${groupId}::int, 1, false, 'earns', 100, 10, 'USD', p.at, CASE WHEN p.at > ${today}::timestamptz - interval '30 days' THEN p.at + interval '30 days' END
    FROM generate_series(1, ${orders * 2}::int) n,
      LATERAL (SELECT ${begun}::timestamptz + n * (interval '1 day' * ${days}::int / ${orders * 2}::int) AS at) p`;
  await db.$executeRaw`
    INSERT INTO affiliate_clicks (shop_id, token, affiliate_id, clicked_at)
    SELECT shop_id, order_id || ':' || n, affiliate_id, placed_at FROM affiliate_orders, generate_series(1, 5) n WHERE shop_id = ${shopId}`;
  await arrangeBooks(shopId);
  await db.$executeRawUnsafe(
    'ANALYZE affiliates, affiliate_orders, affiliate_clicks, affiliate_accounts, affiliate_transactions, affiliate_postings, affiliate_payouts',
  );
  return { shopId, affiliateId };
}

/** Each order earned and was released; what was released is paid month by month. Balances are what the postings say. */
async function arrangeBooks(shopId: number): Promise<void> {
  const db = prisma();
  await db.$executeRaw`
    INSERT INTO affiliate_accounts (shop_id, kind, currency, affiliate_id, balance)
    SELECT shop_id, kind, 'USD', id, 0 FROM affiliates, unnest(ARRAY['pending', 'payable', 'set_aside']) kind WHERE shop_id = ${shopId}
    UNION ALL SELECT ${shopId}::int, kind, 'USD', NULL, NULL FROM unnest(ARRAY['commission', 'paid']) kind`;
  await db.$executeRaw`
    INSERT INTO affiliate_payout_batches (shop_id, create_key, currency, total, state, reference, staff, settled_by, created_at, settled_at)
    SELECT ${shopId}::int, 'month:' || n, 'USD', 1, 'paid', 'SEPA ' || n, 'staff:1', 'staff:1', p.at, p.at
    FROM generate_series(2, 23) n, LATERAL (SELECT ${begun}::timestamptz + n * interval '30 days' AS at) p`;
  await db.$executeRaw`
    INSERT INTO affiliate_payouts (shop_id, batch_id, affiliate_id, amount)
    SELECT b.shop_id, b.id, o.affiliate_id, sum(o.commission)
    FROM affiliate_payout_batches b JOIN affiliate_orders o ON o.shop_id = b.shop_id
      AND o.placed_at > b.settled_at - interval '60 days' AND o.placed_at <= b.settled_at - interval '30 days'
    WHERE b.shop_id = ${shopId} GROUP BY b.shop_id, b.id, o.affiliate_id`;
  await db.$executeRaw`
    WITH entry AS (
      SELECT 'earn' AS kind, 'earn:' || order_id AS key, affiliate_id, commission AS amount, placed_at AS at, 'pending' AS into_kind, 'commission' AS from_kind
      FROM affiliate_orders WHERE shop_id = ${shopId}
      UNION ALL SELECT 'release', 'release:' || order_id, affiliate_id, commission, placed_at + interval '30 days', 'payable', 'pending'
      FROM affiliate_orders WHERE shop_id = ${shopId} AND due_at IS NULL
      UNION ALL SELECT step.kind, step.kind || ':' || p.batch_id || ':' || p.affiliate_id, p.affiliate_id, p.amount, b.settled_at, step.into_kind, step.from_kind
      FROM affiliate_payouts p JOIN affiliate_payout_batches b ON b.shop_id = p.shop_id AND b.id = p.batch_id,
        (VALUES ('set_aside', 'set_aside', 'payable'), ('pay', 'paid', 'set_aside')) AS step(kind, into_kind, from_kind)
      WHERE p.shop_id = ${shopId}),
    booked AS (
      INSERT INTO affiliate_transactions (shop_id, kind, currency, affiliate_id, moved, idempotency_key, input_hash, occurred_at, created_at)
      SELECT ${shopId}::int, kind, 'USD', affiliate_id, CASE kind WHEN 'earn' THEN amount WHEN 'pay' THEN -amount ELSE 0 END, key, 'bench', at, at FROM entry ORDER BY at, kind RETURNING id, idempotency_key)
    INSERT INTO affiliate_postings (shop_id, transaction_id, account_id, currency, amount)
    SELECT ${shopId}::int, booked.id, a.id, 'USD', CASE WHEN a.kind = into_kind THEN entry.amount ELSE -entry.amount END
    FROM entry JOIN booked ON booked.idempotency_key = entry.key
    JOIN affiliate_accounts a ON a.shop_id = ${shopId} AND a.kind IN (into_kind, from_kind) AND coalesce(a.affiliate_id, entry.affiliate_id) = entry.affiliate_id`;
  await db.$executeRaw`
    UPDATE affiliate_accounts a SET balance = p.sum FROM (
      SELECT account_id, sum(amount) FROM affiliate_postings WHERE shop_id = ${shopId} GROUP BY account_id) p
    WHERE a.shop_id = ${shopId} AND a.id = p.account_id AND a.affiliate_id IS NOT NULL`;
}
