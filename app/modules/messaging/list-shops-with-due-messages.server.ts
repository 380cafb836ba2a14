import type { Tx } from '~/platform/db/index.server';

/**
 * Active shops with mail to deliver, or with a lease that ran out. For the sweep, as the owner. `realNow` is the machine's
 * time, which leases follow.
 */
export async function listShopsWithDueMessages(
  db: Tx,
  input: { now: Date; realNow: Date },
): Promise<number[]> {
  const rows = await db.$queryRaw<{ shop_id: number }[]>`
    SELECT DISTINCT m.shop_id FROM messages m JOIN shops s ON s.id = m.shop_id AND s.status = 'active'
    WHERE m.status IN ('queued', 'sending')
      AND ((m.status = 'queued' AND m.next_attempt_at <= ${input.now})
        OR (m.status = 'sending' AND m.lease_until <= ${input.realNow}))`;
  return rows.map((row) => row.shop_id);
}
