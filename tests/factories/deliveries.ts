import { createHmac, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { pool } from '~/platform/db/index.server';
import { queue } from '~/platform/queue/queue.server';

export interface DeliveryInput {
  topic: string;
  payload: unknown; // an object, or text that is sent as it is
  shopDomain?: string;
  webhookId?: string;
  triggeredAt?: string;
}

/** The body and signed headers Shopify would send. */
export function signedDelivery(
  input: DeliveryInput,
  secret = 'test-api-secret',
): { body: string; headers: Record<string, string> } {
  const body = typeof input.payload === 'string' ? input.payload : JSON.stringify(input.payload);
  return {
    body,
    headers: {
      'content-type': 'application/json',
      'x-shopify-topic': input.topic,
      'x-shopify-hmac-sha256': createHmac('sha256', secret).update(body).digest('base64'),
      'x-shopify-shop-domain': input.shopDomain ?? 'one.myshopify.com',
      'x-shopify-api-version': '2026-07',
      'x-shopify-webhook-id': input.webhookId ?? randomUUID(),
      'x-shopify-event-id': randomUUID(),
      'x-shopify-triggered-at': input.triggeredAt ?? '2026-05-01T10:00:00.000Z',
    },
  };
}

/** Deliveries that have been received already. Returns their ids in order. */
export async function createDeliveries(
  inputs: DeliveryInput[],
  receivedAt = new Date('2026-05-01T10:00:00Z'),
): Promise<bigint[]> {
  const { rows } = await pool().query<{ id: string }>(
    `INSERT INTO inbox_events (shop_domain, webhook_id, topic, api_version, triggered_at, received_at, body, next_attempt_at)
     SELECT shop, webhook, topic, '2026-07', triggered, $6, body, to_timestamp(0)
     FROM unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[], $5::text[]) AS d(shop, webhook, topic, triggered, body)
     ON CONFLICT (shop_domain, webhook_id) DO NOTHING RETURNING id`,
    [
      inputs.map((input) => input.shopDomain ?? 'one.myshopify.com'),
      inputs.map((input) => input.webhookId ?? randomUUID()),
      inputs.map((input) => input.topic),
      inputs.map((input) => input.triggeredAt ?? '2026-05-01T10:00:00.000Z'),
      inputs.map((input) =>
        typeof input.payload === 'string' ? input.payload : JSON.stringify(input.payload),
      ),
      receivedAt,
    ],
  );
  return rows.map((row) => BigInt(row.id));
}

export async function inboxRows(
  shopDomain = 'one.myshopify.com',
): Promise<
  { topic: string; status: string; attempts: number; error: string | null; next_attempt_at: Date }[]
> {
  const { rows } = await pool().query<{
    topic: string;
    status: string;
    attempts: number;
    error: string | null;
    next_attempt_at: Date;
  }>(
    'SELECT topic, status, attempts, error, next_attempt_at FROM inbox_events WHERE shop_domain = $1 ORDER BY id',
    [shopDomain],
  );
  return rows;
}

/** The shops whose drain is waiting in the queue. */
export async function announcedShops(): Promise<string[]> {
  const jobs = await queue('ingest').getJobs(['waiting']);
  return jobs.map(({ data }) => z.object({ shopDomain: z.string() }).parse(data).shopDomain).sort();
}
