import { fork, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { z } from 'zod';
import { startEmbeddedPostgres } from '~/platform/db/embedded.server';
import { migrate } from '~/platform/db/migrate.server';

const mails = Number(process.env.BENCH_MAILS ?? 4_000);
const addressSchema = z.object({ port: z.number() });
const countSchema = z.object({ accepted: z.number() });

export interface MailBenchResult {
  mails: number;
  perSecond: number;
  /** Processor time of our process per mail, all threads. */
  cpuMs: number;
}

/**
 * Mails rendered, handed over, accepted by a mail server in another process and written down, per second: abandoned-cart
 * mails with two products to people with consent, all of one shop. Throws when one was lost or sent twice.
 */
export async function benchMail(databaseUrl: string): Promise<MailBenchResult> {
  const sink = fork('dev/bench/mail-sink.ts', { execArgv: ['--import', 'tsx'] });
  try {
    const port = addressSchema.parse(await ask(sink)).port;
    configure(databaseUrl, port);
    const shopId = await arrangeMailShop(databaseUrl, 200); // the first ones warm up: React, the thread, connections
    const { deliverMessages } = await import('~/processes/deliver-messages.server');
    await deliverMessages(shopId);
    await queue(databaseUrl, shopId, mails);
    const start = performance.now();
    const before = process.cpuUsage();
    await deliverMessages(shopId);
    const perSecond = mails / ((performance.now() - start) / 1_000);
    const { user, system } = process.cpuUsage(before);
    sink.send('count');
    const { accepted } = countSchema.parse(await ask(sink));
    const sent = await sql(
      databaseUrl,
      `SELECT count(*)::int AS value FROM messages WHERE shop_id = ${shopId} AND status = 'sent'`,
    );
    if (accepted !== mails + 200 || sent !== accepted)
      throw new Error(`${accepted} accepted, ${sent} written down, ${mails + 200} queued`);
    const { prisma } = await import('~/platform/db/index.server');
    const { closeMailer } = await import('~/platform/mail/transport.server');
    closeMailer();
    await prisma().$disconnect();
    return { mails, perSecond, cpuMs: (user + system) / 1_000 / mails };
  } finally {
    sink.kill('SIGKILL');
  }
}

function configure(databaseUrl: string, port: number): void {
  Object.assign(process.env, {
    NODE_ENV: 'production',
    DATABASE_URL: databaseUrl,
    SHOPIFY_API_KEY: 'bench',
    SHOPIFY_API_SECRET: 'bench',
    SHOPIFY_APP_URL: 'https://bench.example',
    SMTP_URL: `smtp://127.0.0.1:${port}`,
    EMAIL_FROM: 'bench@example.com',
    ENCRYPTION_KEY: Buffer.alloc(32).toString('base64'),
    LOG_LEVEL: 'error',
  });
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

function ask(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', (code) => reject(new Error(`the mail server ended with ${code}`)));
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

async function main(): Promise<void> {
  const given = process.env.BENCH_DATABASE_URL;
  const server = given
    ? { url: given, stop: async () => {} }
    : await startEmbeddedPostgres({ dir: '.data/bench-postgres', port: 54_332 });
  try {
    await migrate(server.url);
    const { perSecond, cpuMs } = await benchMail(server.url);
    process.stdout.write(
      `mail: ${perSecond.toFixed(0)}/s rendered, accepted and written down (budget 500), ${cpuMs.toFixed(2)} ms of processor each\n`,
    );
    if (perSecond < 500) process.exitCode = 1;
  } finally {
    await server.stop();
  }
}

if (process.argv[1]?.endsWith('bench/mail.ts')) await main();
