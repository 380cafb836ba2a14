import { drainInbox } from '~/ingest/drain.server';
import { clock } from '~/platform/clock.server';
import { pool } from '~/platform/db/index.server';
import type { Bench } from './figure';
import { installShop } from './install-shop';
import { measureProcessor, processorNote } from './processor';
import { loadStory, storyStart, type Story } from './story';

const budget = { atLeast: 2_000 };
const visitsPerSecond = 170;

/**
 * Deliveries a second from the inbox to their last effect: people, carts, orders, points, flow runs, timeline and traits.
 * What is delivered is what the stand-in store told while shoppers visited it, every topic in its usual share. The shops
 * are new: the planner has statistics of another shop only.
 */
export const benchPipeline: Bench = async ({ seconds }) => {
  const story = await loadStory(seconds * visitsPerSecond);
  clock.moveTo(storyStart.getTime() + 30 * 24 * 3_600_000 - Date.now());
  await drain(['warm-up.myshopify.com'], story.slice(0, 2_000));
  await pool().query('ANALYZE');
  const alone = await drain(['alone.myshopify.com'], story);
  const together = await drain(
    ['north', 'east', 'south', 'west'].map((name) => `${name}.myshopify.com`), // as many as a worker drains at a time
    story,
  );
  const newOrders = story.filter(({ topic }) => topic === 'orders/create');
  const orders = await drain(['orders.myshopify.com'], newOrders);
  await expectEffects('alone.myshopify.com');
  const of = { name: 'four shops', value: together.perSecond };
  return [
    {
      name: 'pipeline, four shops',
      value: together.perSecond,
      unit: 'events/s',
      budget,
      note: together.note,
    },
    { name: 'pipeline, one shop', value: alone.perSecond, unit: 'events/s', of, note: alone.note },
    { name: 'pipeline, new orders only', value: orders.perSecond, unit: 'orders/s', of, note: orders.note },
  ];
};

/** Drains the same deliveries for each of these shops at once. */
async function drain(domains: string[], story: Story): Promise<{ perSecond: number; note: string }> {
  for (const domain of domains) {
    await installShop(domain, storyStart);
    await receive(domain, story);
  }
  const start = performance.now();
  let tookMs = 0;
  const processor = await measureProcessor(async () => {
    await Promise.all(domains.map((domain) => drainInbox(domain)));
    tookMs = performance.now() - start;
  });
  const { rows } = await pool().query<{ left: number }>(
    `SELECT count(*)::int AS left FROM inbox_events WHERE shop_domain = ANY($1) AND status <> 'done'`,
    [domains],
  );
  if (rows[0]?.left !== 0) throw new Error(`not processed, of ${domains.join(', ')}: ${rows[0]?.left}`);
  const count = domains.length * story.length;
  return { perSecond: count / (tookMs / 1_000), note: processorNote(processor, count) };
}

async function receive(domain: string, story: Story): Promise<void> {
  for (let from = 0; from < story.length; from += 1_000) {
    const part = story.slice(from, from + 1_000);
    await pool().query(
      `INSERT INTO inbox_events
         (shop_domain, webhook_id, event_id, topic, api_version, triggered_at, received_at, body, next_attempt_at)
       SELECT $1, d.webhook_id, d.event_id, d.topic, '2026-07', d.triggered_at, $7, d.body, to_timestamp(0)
       FROM unnest($2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::text[])
         AS d(webhook_id, event_id, topic, triggered_at, body)`,
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
  const { rows } = await pool().query<Record<string, number>>(
    `SELECT (SELECT count(*)::int FROM orders WHERE shop_id = s.id) AS orders,
            (SELECT count(*)::int FROM ledger_postings WHERE shop_id = s.id) AS postings,
            (SELECT count(*)::int FROM flow_runs WHERE shop_id = s.id) AS runs,
            (SELECT count(*)::int FROM timeline_events WHERE shop_id = s.id) AS happenings
     FROM shops s WHERE domain = $1`,
    [domain],
  );
  const [effects] = rows;
  if (!effects || Object.values(effects).includes(0))
    throw new Error(`the deliveries had no effects: ${JSON.stringify(effects)}`);
}
