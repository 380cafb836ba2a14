import type { Tx } from '~/platform/db/index.server';
import { iso } from './iso';
import type { TopicState } from './types';

const lookedAt = 5_000;

/** By topic, the state of the shop's last 5,000 deliveries; what came last comes first. */
export async function listTopics(tx: Tx, input: { shopDomain: string }): Promise<TopicState[]> {
  const rows = await tx.$queryRaw<
    { topic: string; last: Date; received: bigint; pending: bigint; dead: bigint }[]
  >`
    SELECT topic, max(received_at) AS last, count(*) AS received,
           count(*) FILTER (WHERE status = 'pending') AS pending, count(*) FILTER (WHERE status = 'dead') AS dead
    FROM (SELECT topic, received_at, status FROM inbox_events WHERE shop_domain = ${input.shopDomain}
          ORDER BY id DESC LIMIT ${lookedAt}) latest
    GROUP BY topic ORDER BY last DESC`;
  return rows.map((row) => ({
    topic: row.topic,
    lastReceivedAt: iso(row.last),
    received: Number(row.received),
    pending: Number(row.pending),
    dead: Number(row.dead),
  }));
}
