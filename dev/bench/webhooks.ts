import { fork, type ChildProcess } from 'node:child_process';
import { createHmac, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { Client } from 'pg';
import { z } from 'zod';
import { migrate } from '~/platform/db/migrate.server';
import { migrateQueue } from '~/platform/queue/migrate-queue.server';
import { startEmbeddedPostgres } from '~/platform/db/embedded.server';
import { sendDeliveries } from './send-deliveries';

const secret = 'bench-secret';
const seconds = Number(process.env.BENCH_SECONDS ?? 4);
const rounds = 3;
const addressSchema = z.object({ port: z.number() });

export interface WebhookBenchResult {
  bare: number;
  ours: number;
  ratio: number;
  p99Ms: number;
}

/**
 * Durable answers per second of our receiver (with its nudges to the queue) against a bare server, in turns on the same
 * database with the same load. Answers that were not 200, or rows missing afterwards, fail the run.
 */
export async function benchWebhooks(databaseUrl: string): Promise<WebhookBenchResult> {
  const bare: number[] = [];
  const ours: number[] = [];
  const latencies: number[] = [];
  const body = orderBody();
  for (let round = 0; round < rounds; round += 1) {
    bare.push(
      (await measure('dev/bench/bare-server.ts', [databaseUrl, secret], databaseUrl, body)).perSecond,
    );
    const result = await measure('dev/bench/receiver-server.ts', [], databaseUrl, body);
    ours.push(result.perSecond);
    latencies.push(result.p99Ms);
  }
  const [median, medianOurs] = [middle(bare), middle(ours)];
  return { bare: median, ours: medianOurs, ratio: medianOurs / median, p99Ms: middle(latencies) };
}

async function measure(
  file: string,
  args: string[],
  databaseUrl: string,
  body: string,
): Promise<{ perSecond: number; p99Ms: number }> {
  await sql(databaseUrl, 'TRUNCATE inbox_events');
  const child = fork(file, args, {
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, ...environment(databaseUrl) },
  });
  try {
    const port = await portOf(child);
    const signature = createHmac('sha256', secret).update(body).digest('base64');
    const result = await sendDeliveries({
      port,
      seconds,
      connections: 64,
      body,
      headers: () => deliveryHeaders(signature),
    });
    const stored = await sql(databaseUrl, 'SELECT count(*)::int AS count FROM inbox_events');
    if (result.failed > 0 || stored < result.answered)
      throw new Error(`${file}: ${result.failed} failed, ${result.answered} answered, ${stored} stored`);
    return { perSecond: result.answered / seconds, p99Ms: result.p99Ms };
  } finally {
    child.kill('SIGKILL');
  }
}

function environment(databaseUrl: string): Record<string, string> {
  return {
    NODE_ENV: 'production',
    DATABASE_URL: databaseUrl,
    SHOPIFY_API_KEY: 'bench',
    SHOPIFY_API_SECRET: secret,
    SHOPIFY_APP_URL: 'https://bench.example',
    SMTP_URL: 'smtp://127.0.0.1:25',
    EMAIL_FROM: 'bench@example.com',
    ENCRYPTION_KEY: Buffer.alloc(32).toString('base64'),
    LOG_LEVEL: 'error',
  };
}

function deliveryHeaders(signature: string): Record<string, string> {
  return {
    'content-type': 'application/json',
    'x-shopify-topic': 'orders/updated',
    'x-shopify-hmac-sha256': signature,
    'x-shopify-shop-domain': 'bench.myshopify.com',
    'x-shopify-api-version': '2026-07',
    'x-shopify-webhook-id': randomUUID(),
    'x-shopify-event-id': randomUUID(),
    'x-shopify-triggered-at': '2026-11-21T10:00:00.000Z',
  };
}

/** About the size of an order with three lines (6 KB). */
function orderBody(): string {
  const line = {
    id: 1,
    title: 'Linen shirt "Ågren"',
    price: '49.00',
    properties: [],
    sku: 'SHIRT-1',
    quantity: 1,
    note: 'x'.repeat(1_500),
  };
  return JSON.stringify({
    id: 820982911946154,
    admin_graphql_api_id: 'gid://shopify/Order/820982911946154',
    line_items: [line, line, line],
    total_price: '147.00',
  });
}

function portOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(addressSchema.parse(message).port));
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
  });
}

async function sql(url: string, text: string): Promise<number> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const result = await client.query<{ count: number }>(text);
    return result.rows[0]?.count ?? 0;
  } finally {
    await client.end();
  }
}

function middle(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

async function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = addressSchema.parse(server.address());
      server.close(() => resolve(port));
    });
  });
}

async function main(): Promise<void> {
  const given = process.env.BENCH_DATABASE_URL;
  const server = given
    ? { url: given, stop: async () => {} }
    : await startEmbeddedPostgres({ dir: '.data/bench-postgres', port: await freePort() });
  try {
    await migrate(server.url);
    await migrateQueue(server.url);
    const { bare, ours, ratio, p99Ms } = await benchWebhooks(server.url);
    process.stdout.write(
      `webhooks: ${ours.toFixed(0)}/s, bare server ${bare.toFixed(0)}/s, ratio ${ratio.toFixed(2)} (budget 1.00), p99 ${p99Ms.toFixed(1)} ms\n`,
    );
    if (ratio < 1) process.exitCode = 1;
  } finally {
    await server.stop();
  }
}

if (process.argv[1]?.endsWith('webhooks.ts')) await main();
