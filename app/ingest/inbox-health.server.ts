import { z } from 'zod';
import { acrossShops } from '~/platform/db/index.server';

const rowSchema = z.object({ pending: z.number(), oldest: z.date().nullable(), dead: z.number() });

export interface InboxHealth {
  pending: number;
  /** How long the oldest due delivery of an installed shop has been waiting; 0 when none is. */
  oldestSeconds: number;
  dead: number;
}

/** How far behind the drains are, over all shops. For `/health` and its alarms. */
export async function inboxHealth(input: { now: Date }): Promise<InboxHealth> {
  const [row] = z.array(rowSchema).parse(
    await acrossShops(
      (db) => db.$queryRaw`
        SELECT count(*)::int AS pending,
               min(e.received_at) FILTER (WHERE s.status IS DISTINCT FROM 'installing' AND e.attempts = 0 AND s.id IS NOT NULL) AS oldest,
               (SELECT count(*)::int FROM inbox_events WHERE status = 'dead') AS dead
        FROM inbox_events e LEFT JOIN shops s ON s.domain = e.shop_domain WHERE e.status = 'pending'`,
    ),
  );
  const oldest = row?.oldest?.getTime() ?? input.now.getTime();
  return {
    pending: row?.pending ?? 0,
    oldestSeconds: Math.max(0, Math.round((input.now.getTime() - oldest) / 1_000)),
    dead: row?.dead ?? 0,
  };
}
