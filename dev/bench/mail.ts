import { fork, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { z } from 'zod';
import type { Bench, Figure } from './figure';
import { benchEnvironment } from './world';

const mails = 4_000;
const warmUp = 200; // React, the thread, connections
const addressSchema = z.object({ port: z.number() });
const countSchema = z.object({ accepted: z.number() });
const doneSchema = z.object({ cpuMs: z.number() });

/**
 * Mails rendered, handed over, accepted by a mail server in another process and written down, per second: abandoned-cart
 * mails with two products to people with consent. By one worker, and by one for each of two cores, a shop each. Throws when one
 * was lost or sent twice.
 */
export const benchMail: Bench = async ({ databaseUrl }) => {
  const sink = start('dev/bench/mail-sink.ts');
  try {
    const { port } = addressSchema.parse(await heard(sink));
    const world: World = { sink, databaseUrl, env: benchEnvironment(databaseUrl, port) };
    const one = await measure(world, 1);
    const two = await measure(world, 2);
    return [
      figure('mails accepted by SMTP, one worker', one),
      { ...figure('mails accepted by SMTP, two workers', two), budget: { atLeast: 500 } },
    ];
  } finally {
    sink.kill('SIGKILL');
  }
};

interface World {
  sink: ChildProcess;
  databaseUrl: string;
  env: Record<string, string>;
}

interface Measured {
  perSecond: number;
  /** Processor time of the workers per mail, all threads. */
  cpuMs: number;
}

async function measure({ sink, databaseUrl, env }: World, workers: number): Promise<Measured> {
  const pairs = await Promise.all(
    Array.from({ length: workers }, async () => {
      const worker = start('dev/bench/mail-worker.ts', env);
      await heard(worker);
      return { worker, shopId: await arrangeMailShop(databaseUrl, warmUp) };
    }),
  );
  const deliverAll = () =>
    Promise.all(
      pairs.map(async ({ worker, shopId }) => {
        worker.send({ shopId });
        return doneSchema.parse(await heard(worker)).cpuMs;
      }),
    );
  try {
    await deliverAll();
    const each = mails / workers;
    for (const { shopId } of pairs) await queue(databaseUrl, shopId, each);
    const before = await acceptedBy(sink);
    const startedAt = performance.now();
    const cpuMs = await deliverAll();
    const perSecond = mails / ((performance.now() - startedAt) / 1_000);
    const accepted = (await acceptedBy(sink)) - before;
    for (const { shopId } of pairs) {
      const sent = await sql(
        databaseUrl,
        `SELECT count(*)::int AS value FROM messages WHERE shop_id = ${shopId} AND status = 'sent'`,
      );
      if (accepted !== mails || sent !== each + warmUp)
        throw new Error(`${accepted} of ${mails} accepted, ${sent} of ${each + warmUp} written down`);
    }
    return { perSecond, cpuMs: cpuMs.reduce((sum, ms) => sum + ms, 0) / mails };
  } finally {
    for (const { worker } of pairs) worker.kill('SIGKILL');
  }
}

function figure(name: string, { perSecond, cpuMs }: Measured): Figure {
  return { name, value: perSecond, unit: 'mails/s', note: `${cpuMs.toFixed(2)} ms of processor each` };
}

function start(file: string, env: Record<string, string> = {}): ChildProcess {
  return fork(file, { execArgv: ['--import', 'tsx'], env: { ...process.env, ...env } });
}

async function acceptedBy(sink: ChildProcess): Promise<number> {
  sink.send('count');
  return countSchema.parse(await heard(sink)).accepted;
}

/** A shop, people with consent, points and an abandoned cart each, and `count` mails to them. */
export async function arrangeMailShop(url: string, count: number): Promise<number> {
  const shopId = await sql(
    url,
    `INSERT INTO shops (domain, status, name, currency, installed_at, updated_at)
     VALUES ('bench-${randomBytes(4).toString('hex')}.myshopify.com', 'active', 'Bench', 'EUR', now(), now()) RETURNING id AS value`,
  );
  const lines = JSON.stringify(
    ['Linen shirt', 'Canvas tote'].map((title) => ({
      variantId: '1',
      productId: '1',
      title,
      variantTitle: 'Sand / M',
      quantity: 2,
      price: '49.00',
      imageUrl: 'https://cdn.shopify.com/s/files/1/shirt.png',
    })),
  );
  await sql(
    url,
    `WITH people AS (
       INSERT INTO profiles (shop_id, email, first_name, locale, first_seen_at)
       SELECT ${shopId}, 'person' || n || '@mail.example', 'Person ' || n, (ARRAY['en','de','fr'])[1 + n % 3], now()
       FROM generate_series(1, 1000) AS n RETURNING id
     ), traits AS (
       INSERT INTO profile_traits (shop_id, profile_id, points_balance) SELECT ${shopId}, id, 120 FROM people
     ), carts AS (
       INSERT INTO carts (shop_id, token, kind, public_id, profile_id, currency, presentment_currency, total, presentment_total, lines,
                          recovery_url, state, started_at, last_activity_at)
       SELECT ${shopId}, 'cart-' || id, 'checkout', 'public-${shopId}-' || id, id, 'EUR', 'EUR', 196, 196, '${lines}'::jsonb,
              'https://bench.example/recover/' || id, 'abandoned', now(), now() FROM people
     )
     INSERT INTO consents (shop_id, profile_id, channel, state, source, consented_at)
     SELECT ${shopId}, id, 'email', 'subscribed', 'shopify', now() FROM people`,
  );
  await queue(url, shopId, count);
  return shopId;
}

async function queue(url: string, shopId: number, count: number): Promise<void> {
  await sql(
    url,
    `INSERT INTO messages (shop_id, token, dedupe_key, profile_id, kind, flow_key, template_key, locale, context, status,
                           next_attempt_at, created_at)
     SELECT ${shopId}, md5(random()::text || n), 'bench-${randomBytes(4).toString('hex')}-' || n, p.id, 'marketing', 'abandoned_checkout',
            'abandoned_checkout.first', 'und', jsonb_build_object('cartToken', 'cart-' || p.id), 'queued', now(), now()
     FROM generate_series(1, ${count}) AS n
     JOIN (SELECT id, row_number() OVER (ORDER BY id) AS place FROM profiles WHERE shop_id = ${shopId}) AS p
       ON p.place = 1 + n % 1000`,
  );
}

/** What a process says next. */
function heard(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null) => reject(new Error(`a process of the bench ended with ${code}`));
    child.once('exit', ended).once('message', (message) => {
      child.off('exit', ended);
      resolve(message);
    });
  });
}

async function sql(url: string, text: string): Promise<number> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const result = await client.query<{ value: number }>(text);
    return result.rows[0]?.value ?? 0;
  } finally {
    await client.end();
  }
}
