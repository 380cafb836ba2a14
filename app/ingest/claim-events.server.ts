import { z } from 'zod';
import { lockFacts } from '~/modules/shops/index.server';
import { Prisma, type Tx } from '~/platform/db/index.server';
import type { InboxEvent } from './read-event';
import { alwaysProcessed } from './topics.server';

const maxBytes = 16 * 1024 * 1024; // of bodies held in memory at once
const statusRow = z.array(z.object({ status: z.string() }));

const eventRows = z.array(
  z.object({
    id: z.bigint(),
    topic: z.string(),
    webhook_id: z.string(),
    body: z.string(),
    triggered_at: z.date(),
    attempts: z.number(),
  }),
);

/**
 * The next due deliveries of a shop, oldest first, locked until the transaction ends; of `only` these ids when given.
 * Waits for another drain of the same shop. A shop that is not installed yet gives only what is processed always.
 */
export async function claimEvents(
  tx: Tx,
  input: { shopId: number; shopDomain: string; limit: number; only: bigint[] | null; now: Date },
): Promise<InboxEvent[]> {
  const { shopId, shopDomain, limit, only, now } = input;
  await lockFacts(tx, { shopId });
  const [shop] = statusRow.parse(await tx.$queryRaw`SELECT status FROM shops WHERE id = ${shopId}`);
  const restriction =
    shop?.status === 'active' || shop?.status === 'uninstalled'
      ? Prisma.empty
      : Prisma.sql`AND topic = ANY(${alwaysProcessed}::text[])`;
  const among = only === null ? Prisma.empty : Prisma.sql`AND id = ANY(${only.map(String)}::bigint[])`;
  const rows = await tx.$queryRaw`
    WITH due AS MATERIALIZED (
      SELECT id, topic, webhook_id, body, coalesce(triggered_at, received_at) AS triggered_at, attempts FROM inbox_events
      WHERE shop_domain = ${shopDomain} AND status = 'pending' AND next_attempt_at <= ${now} ${restriction} ${among}
      ORDER BY id LIMIT ${limit} FOR UPDATE SKIP LOCKED
    ), measured AS (
      SELECT *, octet_length(body) AS bytes, sum(octet_length(body)) OVER (ORDER BY id) AS total FROM due
    )
    SELECT id, topic, webhook_id, body, triggered_at, attempts FROM measured
    WHERE total - bytes < ${maxBytes} ORDER BY id`;
  return eventRows.parse(rows).map((row) => ({
    id: row.id,
    shopDomain,
    topic: row.topic,
    webhookId: row.webhook_id,
    body: row.body,
    triggeredAt: row.triggered_at,
    attempts: row.attempts,
  }));
}
