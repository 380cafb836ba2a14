import type { Tx } from '~/platform/db/index.server';
import { iso } from './iso';
import type { DeadDelivery } from './types';

/** Deliveries that were given up after their last try, newest first. Their bodies stay where they are. */
export async function listDeadDeliveries(
  tx: Tx,
  input: { shopDomain: string; limit: number },
): Promise<DeadDelivery[]> {
  const rows = await tx.$queryRaw<
    { id: bigint; topic: string; received_at: Date; attempts: number; error: string | null }[]
  >`
    SELECT id, topic, received_at, attempts, error FROM inbox_events
    WHERE shop_domain = ${input.shopDomain} AND status = 'dead' ORDER BY id DESC LIMIT ${input.limit}`;
  return rows.map((row) => ({
    id: String(row.id),
    topic: row.topic,
    receivedAt: iso(row.received_at),
    attempts: row.attempts,
    error: row.error,
  }));
}
