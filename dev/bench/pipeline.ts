import { drainInbox } from '~/ingest/drain.server';
import { clock } from '~/platform/clock.server';
import { pool } from '~/platform/db/index.server';
import type { Bench } from './figure';
import { installShop } from './install-shop';
import { loadStory, storyStart, type Story } from './story';

const domains = ['alone', 'left', 'right', 'orders'].map((name) => `${name}.myshopify.com`);
const budget = { atLeast: 2_000 };

/**
 * Deliveries a second from the inbox to their last effect: people, carts, orders, points, flow runs, timeline and traits.
 * What is delivered is what the stand-in store told while shoppers visited it, every topic in its usual share.
 */
export const benchPipeline: Bench = async ({ seconds }) => {
  const deliveries = await loadStory(Math.round(seconds * 170));
  clock.moveTo(storyStart.getTime() + 30 * 24 * 3_600_000 - Date.now());
  const [early, late] = [deliveries.slice(0, 1_500), deliveries.slice(1_500)];
  for (const domain of domains) await drain([domain], early);
  await pool().query('ANALYZE'); // autovacuum does it within a minute of a shop's first rows
  const alone = await drain(['alone.myshopify.com'], late);
  const together = await drain(['left.myshopify.com', 'right.myshopify.com'], late);
  const orders = await drain(
    ['orders.myshopify.com'],
    late.filter(({ topic }) => topic === 'orders/create'),
  );
  await expectEffects('alone.myshopify.com');
  return [
    { name: 'pipeline, two shops', value: together, unit: 'events/s', budget },
    {
      name: 'pipeline, one shop',
      value: alone,
      unit: 'events/s',
      of: { name: 'two shops', value: together },
    },
    {
      name: 'pipeline, new orders only',
      value: orders,
      unit: 'orders/s',
      of: { name: 'two shops', value: together },
    },
  ];
};

/** Drains the same deliveries for each of these shops at once. Returns deliveries per second. */
async function drain(domains: string[], deliveries: Story): Promise<number> {
  for (const domain of domains) {
    await installShop(domain, storyStart);
    await receive(domain, deliveries);
  }
  const start = performance.now();
  const dbg0 = process.cpuUsage(); const pg0 = process.env.PGCPU ? Number((await import('node:child_process')).execSync('python3 /tmp/pgcpu.py')) : 0;
  const results = await Promise.all(domains.map((domain) => drainInbox(domain)));
  const tookMs = performance.now() - start;
  if (process.env.PGCPU) { const d = process.cpuUsage(dbg0); const n = results.reduce((a, r) => a + r.processed, 0); console.error(domains.join(), n, 'node ms/event', (d.user + d.system) / 1000 / n, 'pg ms/event', (Number((await import('node:child_process')).execSync('python3 /tmp/pgcpu.py')) - pg0) * 1000 / n); }
  const { rows } = await pool().query<{ left: number }>(
    `SELECT count(*)::int AS left FROM inbox_events WHERE shop_domain = ANY($1) AND status <> 'done'`,
    [domains],
  );
  if (rows[0]?.left !== 0)
    throw new Error(`${rows[0]?.left} deliveries of ${domains.join(', ')} were not processed`);
  return results.reduce((sum, { processed }) => sum + processed, 0) / (tookMs / 1_000);
}

async function receive(domain: string, deliveries: Story): Promise<void> {
  for (let from = 0; from < deliveries.length; from += 1_000) {
    const part = deliveries.slice(from, from + 1_000);
    await pool().query(
      `INSERT INTO inbox_events (shop_domain, webhook_id, event_id, topic, api_version, triggered_at, received_at, body, next_attempt_at)
       SELECT $1, d.webhook_id, d.event_id, d.topic, '2026-07', d.triggered_at, $7, d.body, to_timestamp(0)
       FROM unnest($2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::text[]) AS d(webhook_id, event_id, topic, triggered_at, body)`,
      [
        domain,
        part.map(({ webhookId }) => webhookId),
        part.map(({ eventId }) => eventId),
        part.map(({ topic }) => topic),
        part.map(({ triggeredAt }) => triggeredAt),
        part.map(({ body }) => body),
        clock.now(),
      ],
    );
  }
}

/** Fast because nothing was done would be no good. */
async function expectEffects(domain: string): Promise<void> {
  const { rows } = await pool().query<{ orders: number; postings: number; runs: number; events: number }>(
    `SELECT (SELECT count(*)::int FROM orders WHERE shop_id = s.id) AS orders,
            (SELECT count(*)::int FROM ledger_postings WHERE shop_id = s.id) AS postings,
            (SELECT count(*)::int FROM flow_runs WHERE shop_id = s.id) AS runs,
            (SELECT count(*)::int FROM timeline_events WHERE shop_id = s.id) AS events
     FROM shops s WHERE domain = $1`,
    [domain],
  );
  const [effects] = rows;
  if (!effects || Object.values(effects).some((count) => count === 0))
    throw new Error(`the deliveries had no effects: ${JSON.stringify(effects)}`);
}
