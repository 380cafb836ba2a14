import '../setup/env';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureFlows, setFlowEnabled } from '~/modules/flows/index.server';
import { getHealthPage } from '~/modules/insights/index.server';
import { ensureEarnRule } from '~/modules/loyalty/index.server';
import { activateShop, ensureShop } from '~/modules/shops/index.server';
import { prisma, withShop } from '~/platform/db/index.server';
import { moveDevClock } from '~/platform/dev-clock.server';
import { signedDelivery, type DeliveryInput } from '../factories/deliveries';
import { ledgerTotals } from '../factories/loyalty';
import { useMailSink } from '../factories/mail-sink';
import { checkoutPayload } from '../factories/payloads/checkout';
import { customerPayload } from '../factories/payloads/customer';
import { orderPayload } from '../factories/payloads/order';
import { randomFrom } from '../factories/simulated-shop';
import {
  ask,
  cutConnections,
  letLeasesRunOut,
  restartDatabase,
  startDatabase,
  startServer,
  stopDatabase,
  type ServerProcess,
} from '../setup/crash-world';
import { freePort } from '../setup/free-port';

const shopDomain = 'crash.myshopify.com';
const people = 500;
const hour = 3_600_000;
const installedAt = new Date('2026-04-01T00:00:00Z');
const random = randomFrom(11);
const sink = useMailSink();

let url = '';
let webUrl = '';
let env: Record<string, string> = {};
let web: ServerProcess;
let worker: ServerProcess | null = null;
let shopId = 0;
/** How many kills found a job in hand. */
let interrupted = 0;

beforeAll(async () => {
  url = await startDatabase();
  const port = await freePort();
  env = { DATABASE_URL: url, SMTP_URL: `smtp://127.0.0.1:${sink.port()}`, PORT: String(port) };
  webUrl = `http://127.0.0.1:${port}/webhooks`;
  shopId = await installShop();
  web = await startServer({ ...env, ROLE: 'web' });
});

afterAll(async () => {
  await worker?.kill();
  await web.kill();
  await prisma().$disconnect();
  await stopDatabase();
});

describe('a worker that is killed 20 times', () => {
  it('loses none of 2,000 deliveries, while connections are cut and the database is restarted', async () => {
    const all = deliveries(new Date());
    const rounds = 14;
    for (let round = 0; round < rounds; round += 1) {
      await startWorker();
      const share = all.slice((round * all.length) / rounds, ((round + 1) * all.length) / rounds);
      const delivered = deliver(share);
      await sleep(random() * 900);
      if (round % 4 === 1) expect(await cutConnections(url)).toBeGreaterThan(0);
      if (round === 6) await restartDatabase();
      await killWorker();
      await delivered;
    }
    await startWorker();
    await expect
      .poll(() => deliveriesByStatus(), { timeout: 60_000, interval: 300 })
      .toEqual({ done: all.length });
    await expectOneEffectPerOrder();
    expect(interrupted).toBeGreaterThan(3); // else the kills met idle workers and this proves nothing
  }, 240_000);

  it('loses none of 500 mails and sends none twice; what is in doubt is shown', async () => {
    sink.waitBeforeAnswer(20);
    await moveDevClock(2 * hour); // the carts become abandoned, their first mail is due
    const before = interrupted;
    for (let round = 0; round < 6; round += 1) {
      const seen = sink.arrived.length;
      const few = 10 + random() * 70;
      await expect
        .poll(async () => sink.arrived.length > seen + few || (await unsettledMails()) === 0, {
          timeout: 60_000,
          interval: 10,
        })
        .toBe(true);
      if (round === 2) await cutConnections(url);
      await killWorker();
      await startWorker();
    }
    await expect.poll(() => unsettledMails(), { timeout: 60_000, interval: 300 }).toBe(0);
    expect(interrupted - before).toBeGreaterThan(2);
    await expectOneMailPerCart();
  }, 240_000);

  it('is replaced within a minute, whatever it had in hand', async () => {
    const more = Array.from({ length: 300 }, (_, index) => order(10_000 + index));
    const delivered = deliver(more);
    await expect.poll(() => jobsInHand(), { timeout: 10_000, interval: 5 }).toBeGreaterThan(0);
    await worker?.kill(); // and nobody helps: locks run out when they run out
    await delivered;
    await startWorker();
    await expect
      .poll(() => deliveriesByStatus(), { timeout: 60_000, interval: 300 })
      .toEqual({ done: 4 * people + more.length });
  }, 120_000);
});

describe('a worker that is told to stop', () => {
  it('finishes the mails in hand: none is in doubt, none is left half-way', async () => {
    const before = await mailsByStatus();
    sink.waitBeforeAnswer(100);
    const at = new Date(Date.now() + 2 * hour); // what the app's clock says
    await deliver(Array.from({ length: 80 }, (_, index) => checkout(20_000 + index, at)));
    await expect.poll(() => deliveriesByStatus(), { timeout: 30_000 }).not.toHaveProperty('pending');
    await moveDevClock(5 * hour);
    await expect.poll(() => sink.arrived.length, { timeout: 60_000, interval: 5 }).toBeGreaterThan(0);
    expect(await worker?.terminate()).toBe(0);
    worker = null;
    const after = await mailsByStatus();
    expect({ sending: after.sending ?? 0, unknown: after.unknown ?? 0 }).toEqual({
      sending: 0,
      unknown: before.unknown ?? 0,
    });
    expect((after.sent ?? 0) - (before.sent ?? 0)).toBe(sink.arrived.length);
  }, 120_000);
});

async function installShop(): Promise<number> {
  const { id } = await ensureShop(prisma(), { domain: shopDomain, now: installedAt });
  await withShop(id, async (tx) => {
    await ensureEarnRule(tx, { shopId: id, now: installedAt });
    await ensureFlows(tx, { shopId: id, now: installedAt });
    await setFlowEnabled(tx, { shopId: id, key: 'abandoned_checkout', enabled: true, now: installedAt });
    await activateShop(tx, { shopId: id, now: installedAt });
  });
  return id;
}

async function startWorker(): Promise<void> {
  worker = await startServer({ ...env, ROLE: 'worker' });
}

async function killWorker(): Promise<void> {
  if ((await jobsInHand()) > 0) interrupted += 1;
  await worker?.kill();
  await letLeasesRunOut(url);
}

/** Of each person an order with its life; of each guest a checkout left behind. */
function deliveries(now: Date): DeliveryInput[] {
  return Array.from({ length: people }, (_, index) => [
    { topic: 'customers/create', payload: customerPayload(customer(index)) },
    order(index),
    {
      topic: 'orders/updated',
      payload: orderPayload({ ...orderInput(index), updatedAt: '2026-05-02T12:00:00+02:00' }),
    },
    checkout(index, now),
  ]).flat();
}

const customer = (index: number) => ({ id: String(700_000 + index), email: `buyer${index}@example.com` });

const orderInput = (index: number) => ({
  id: String(500_000 + index),
  customerId: customer(index).id,
  email: customer(index).email,
});

function order(index: number): DeliveryInput {
  return { topic: 'orders/create', payload: orderPayload(orderInput(index)) };
}

function checkout(index: number, at: Date): DeliveryInput {
  const moment = at.toISOString();
  const payload = checkoutPayload({
    token: `left-${index}`,
    email: `guest${index}@example.com`,
    updatedAt: moment,
    overrides: { created_at: moment, buyer_accepts_marketing: true },
  });
  return { topic: 'checkouts/create', payload };
}

/** As Shopify: eight at a time, each again until it is answered with 200. */
async function deliver(inputs: DeliveryInput[]): Promise<void> {
  const waiting = inputs.map((input) => signedDelivery({ ...input, shopDomain }));
  const lane = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      while (!(await isTaken(next))) await sleep(200);
    }
  };
  await Promise.all(Array.from({ length: 8 }, lane));
}

async function isTaken(delivery: ReturnType<typeof signedDelivery>): Promise<boolean> {
  const answer = await fetch(webUrl, { method: 'POST', ...delivery }).catch(() => null);
  return answer?.status === 200;
}

async function expectOneEffectPerOrder(): Promise<void> {
  const [counts] = await ask(
    url,
    `SELECT (SELECT count(*)::int FROM orders) AS orders,
            (SELECT count(*)::int FROM carts) AS carts,
            (SELECT count(*)::int FROM profiles) AS profiles,
            (SELECT count(*)::int FROM ledger_transactions) AS transactions,
            (SELECT sum(balance)::int FROM ledger_accounts WHERE kind = 'points') AS points,
            (SELECT count(*)::int FROM timeline_events WHERE kind = 'order_placed') AS placed,
            (SELECT count(*)::int FROM profile_traits WHERE orders_count = 1) AS buyers`,
  );
  expect(counts).toEqual({
    orders: people,
    carts: people,
    profiles: 2 * people,
    transactions: people,
    points: 50 * people,
    placed: people,
    buyers: people,
  });
  expect(await ledgerTotals()).toEqual({ drifted: 0, sum: 0n, unbalanced: 0 });
}

async function expectOneMailPerCart(): Promise<void> {
  const rows = await ask(url, 'SELECT token, status, profile_id FROM messages');
  expect(new Set(rows.map((row) => row.profile_id)).size).toBe(people);
  expect(rows).toHaveLength(people);
  const tokens = (status: string) =>
    rows.filter((row) => row.status === status).map((row) => String(row.token));
  const arrived = sink.arrived.map((id) => /^<([^@]+)@/.exec(id)?.[1] ?? '');
  const [sent, unknown, received] = [tokens('sent'), tokens('unknown'), new Set(arrived)];
  expect(arrived).toHaveLength(received.size); // none arrived twice
  expect(sent.filter((token) => !received.has(token))).toEqual([]); // what counts as sent has arrived
  const accounted = new Set([...sent, ...unknown]);
  expect([...received].filter((token) => !accounted.has(token))).toEqual([]); // what arrived is known of
  expect(accounted.size).toBe(people); // and nothing was given up
  const health = await withShop(shopId, (tx) => getHealthPage(tx, { shopId, now: new Date() }));
  expect(health.unknownMails).toHaveLength(Math.min(unknown.length, 50));
  process.stdout.write(
    `crash: ${sent.length} sent, ${unknown.length} in doubt, of which ${unknown.filter((token) => received.has(token)).length} had arrived; ${interrupted} of 20 kills interrupted a job\n`,
  );
}

/** Jobs a living worker is at; sweeps, which are over in a moment, don't count. */
async function jobsInHand(): Promise<number> {
  const [row] = await ask(
    url,
    `SELECT count(*)::int AS count FROM bullmq.job WHERE state = 'active' AND locked_until_ms > 0 AND queue <> 'maintenance'`,
  );
  return Number(row?.count);
}

async function unsettledMails(): Promise<number> {
  const { sent = 0, unknown = 0 } = await mailsByStatus();
  return people - sent - unknown;
}

async function mailsByStatus(): Promise<Partial<Record<string, number>>> {
  return counts(await ask(url, 'SELECT status, count(*)::int AS count FROM messages GROUP BY status'));
}

async function deliveriesByStatus(): Promise<Partial<Record<string, number>>> {
  return counts(await ask(url, 'SELECT status, count(*)::int AS count FROM inbox_events GROUP BY status'));
}

function counts(rows: Record<string, unknown>[]): Partial<Record<string, number>> {
  return Object.fromEntries(rows.map((row) => [String(row.status), Number(row.count)]));
}
