import { execFileSync, fork, type ChildProcess } from 'node:child_process';
import { createHmac, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { postTransactions } from '~/modules/loyalty/index.server';
import { prisma, withShop } from '~/platform/db/index.server';
import { waitForHttp } from '../demo/child';
import { arrangeMailShop } from './mail';
import type { Bench, Figure } from './figure';
import { installShop } from './install-shop';
import { freePort, sessionToken, startServer, userAgent } from './server';
import { steadyLoad, type SteadyResult } from './steady-load';
import { loadStory, storyStart, type Story } from './story';
import { benchEnvironment, quantile, sql } from './world';

const addressSchema = z.object({ port: z.number() });
const members = 1_000;
const shop = 'live.myshopify.com';

/**
 * The built server as it runs in production, a web process and a worker: how fast a checkout gets its points, alone and
 * while deliveries and mails are worked on, and how much memory both take by the end.
 */
export const benchLive: Bench = async ({ databaseUrl, seconds }) => {
  await arrange();
  const sink = fork('dev/bench/mail-sink.ts', { execArgv: ['--import', 'tsx'] });
  const children: ChildProcess[] = [sink];
  try {
    const { port: smtpPort } = addressSchema.parse(
      await new Promise((resolve) => sink.once('message', resolve)),
    );
    const port = await freePort();
    const env = { ...process.env, ...benchEnvironment(databaseUrl, smtpPort), PORT: String(port) };
    const web = startServer({ ...env, ROLE: 'web' });
    children.push(web);
    await waitForHttp(`http://127.0.0.1:${port}/health`, 'the output of the bench', 30_000);
    const worker = startServer({ ...env, ROLE: 'worker' });
    children.push(worker);

    // Both have started, and what they run again and again is compiled: a process lives for days. A pause of 100 ms is one
    // request in a hundred of eight seconds; twenty tell what a shopper waits for.
    await steadyLoad({ port, perSecond: 100, seconds: seconds * 5, next: askForPoints });
    const quiet = await steadyLoad({ port, perSecond: 100, seconds: seconds * 5, next: askForPoints });
    const account = await steadyLoad({
      port,
      perSecond: 50,
      seconds,
      next: () => askFor('/api/shopper/account'),
    });
    const [webMemory, workerMemory] = [watchMemory(web), watchMemory(worker)];
    const busy = await underLoad({ port, seconds: seconds * 3, databaseUrl });
    return [
      ...pointsFigures(quiet, busy.points),
      ...accountFigures(account),
      { name: 'deliveries answered, all at once', value: quantile(busy.deliveries, 0.99), unit: 'ms p99' },
      {
        name: 'memory, web',
        value: webMemory.peakMb(),
        unit: 'MB',
        budget: { atMost: 350 },
        note: 'all at once',
      },
      {
        name: 'memory, worker',
        value: workerMemory.peakMb(),
        unit: 'MB',
        budget: { atMost: 350 },
        note: busy.worked,
      },
    ];
  } finally {
    for (const child of children) child.kill('SIGKILL');
  }
};

/** A shop with members who have points. */
async function arrange(): Promise<void> {
  const shopId = await installShop(shop, storyStart);
  await prisma().$executeRaw`
    WITH people AS (
      INSERT INTO profiles (shop_id, shopify_customer_id, email, first_seen_at)
      SELECT ${shopId}::int, 7000000000000 + n, 'member' || n || '@mail.example', ${storyStart} FROM generate_series(1, ${members}::int) n
      RETURNING id, shopify_customer_id
    )
    INSERT INTO profile_identities (shop_id, kind, value, profile_id, asserted_at)
    SELECT ${shopId}::int, 'shopify', shopify_customer_id::text, id, ${storyStart} FROM people`;
  const people = await prisma().profile.findMany({ where: { shopId }, select: { id: true } });
  const transactions = people.map(({ id }) => ({
    kind: 'earn' as const,
    key: `bench:${id}`,
    occurredAt: storyStart,
    postings: [{ profileId: id, account: 'points' as const, points: 120 }],
  }));
  await withShop(shopId, (tx) => postTransactions(tx, { shopId, transactions, now: storyStart }));
}

let asked = 0;

function askForPoints() {
  return askFor('/api/shopper/points?total=100.00&currency=EUR');
}

const member = (index: number) => ({ sub: `gid://shopify/Customer/${7_000_000_000_001 + index}` });

/** A member's request from an extension, the members in turns. */
function askFor(path: string) {
  asked += 1;
  return {
    method: 'GET',
    path,
    headers: {
      authorization: `Bearer ${sessionToken(shop, member(asked % members))}`,
      'user-agent': userAgent,
      origin: 'https://extensions.shopifycdn.com',
    },
  };
}

/** Deliveries, checkouts and mails all at once, at a pace two cores can keep up with. */
async function underLoad({
  port,
  seconds,
  databaseUrl,
}: {
  port: number;
  seconds: number;
  databaseUrl: string;
}) {
  const story = await loadStory(500);
  const mailShop = await arrangeMailShop(databaseUrl, seconds * 100);
  const [points, deliveries] = await Promise.all([
    steadyLoad({ port, perSecond: 50, seconds, next: askForPoints }),
    steadyLoad({ port, perSecond: 300, seconds, next: deliverFrom(story) }),
  ]);
  if (points.failed + deliveries.failed > 0)
    throw new Error(
      `${points.failed} checkouts and ${deliveries.failed} deliveries were not answered with 200`,
    );
  const [done] = await sql<{ deliveries: number; mails: number }>(
    databaseUrl,
    `SELECT (SELECT count(*)::int FROM inbox_events WHERE shop_domain = $1 AND status = 'done') AS deliveries,
            (SELECT count(*)::int FROM messages WHERE shop_id = $2 AND status = 'sent') AS mails`,
    [shop, mailShop],
  );
  if (!done?.deliveries || !done.mails) throw new Error(`the worker did nothing: ${JSON.stringify(done)}`);
  const worked = `${done.deliveries} deliveries and ${done.mails} mails worked on`;
  return { points: points.times, deliveries: deliveries.times, worked };
}

function deliverFrom(story: Story) {
  let next = 0;
  return () => {
    const delivery = story[next % story.length];
    if (!delivery) throw new Error('the story is empty');
    next += 1;
    return {
      method: 'POST',
      path: '/webhooks',
      headers: {
        'content-type': 'application/json',
        'x-shopify-topic': delivery.topic,
        'x-shopify-hmac-sha256': createHmac('sha256', 'bench-secret').update(delivery.body).digest('base64'),
        'x-shopify-shop-domain': shop,
        'x-shopify-api-version': '2026-07',
        'x-shopify-webhook-id': randomUUID(),
        'x-shopify-event-id': delivery.eventId,
        'x-shopify-triggered-at': delivery.triggeredAt,
      },
      body: delivery.body,
    };
  };
}

function pointsFigures(quiet: SteadyResult, busy: number[]): Figure[] {
  if (quiet.failed > 0) throw new Error(`${quiet.failed} checkouts got no points`);
  const of = { name: 'p50', value: quantile(quiet.times, 0.5) };
  const p99 = quantile(quiet.times, 0.99);
  return [
    { name: 'points at checkout, p50', value: of.value, unit: 'ms', note: '100 requests/s' },
    { name: 'points at checkout, p99', value: p99, unit: 'ms', budget: { atMost: 50 }, of },
    { name: 'points at checkout, all at once', value: quantile(busy, 0.99), unit: 'ms p99', of },
  ];
}

function accountFigures({ failed, times }: SteadyResult): Figure[] {
  if (failed > 0) throw new Error(`${failed} members did not see their account`);
  return [
    { name: 'account page, p50', value: quantile(times, 0.5), unit: 'ms', note: '50 requests/s' },
    { name: 'account page, p99', value: quantile(times, 0.99), unit: 'ms' },
  ];
}

/** The most memory the process was seen to hold, looked at twice a second. */
function watchMemory({ pid }: ChildProcess): { peakMb: () => number } {
  let peak = 0;
  const look = () => {
    const kilobytes = Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' }));
    peak = Math.max(peak, kilobytes / 1_024);
  };
  const timer = setInterval(look, 500);
  return {
    peakMb: () => {
      clearInterval(timer);
      look();
      return peak;
    },
  };
}
