import { recordTimeline } from '~/modules/customers/index.server';
import { Prisma, type Tx } from '~/platform/db/index.server';
import { cartClosed, orderedSince, unsubscribedSince } from './run-facts-sql.server';
import type { FlowEvent } from './types';

/**
 * Ends the waiting runs of these people whose definition ends with this event (`redacted` ends all). The event is checked
 * against the stored facts: call it after storing them, as often as you like. An edit of an old order ends nothing, and
 * the thank-you for an order doesn't end with it. Set-wise, idempotent. Returns the runs that ended.
 */
export async function exitRuns(
  tx: Tx,
  input: { shopId: number; profileIds: bigint[]; event: FlowEvent; now: Date },
): Promise<{ runIds: bigint[] }> {
  const { shopId, profileIds, event, now } = input;
  if (profileIds.length === 0) return { runIds: [] };
  // Locked in one order, so that two batches that end the same runs don't wait for each other.
  const runs = await tx.$queryRaw<{ id: bigint; profile_id: bigint; flow_key: string }[]>`
    WITH ending AS (
      SELECT r.id
      FROM flow_runs r
      JOIN flow_versions v ON v.shop_id = r.shop_id AND v.flow_key = r.flow_key AND v.version = r.version
      WHERE r.shop_id = ${shopId} AND r.profile_id = ANY(${profileIds}) AND r.state = 'waiting' AND ${holds(event)}
      ORDER BY r.id
      FOR UPDATE OF r
    )
    UPDATE flow_runs r
    SET state = 'exited', exit_reason = ${event}, due_at = NULL, finished_at = ${now}
    FROM ending
    WHERE r.shop_id = ${shopId} AND r.id = ending.id
    RETURNING r.id, r.profile_id, r.flow_key`;
  const events = runs.map((run) => ({
    profileId: run.profile_id,
    kind: 'flow_exited' as const,
    key: `run:${run.id}`,
    occurredAt: now,
    data: { flowKey: run.flow_key, runId: run.id.toString(), reason: event },
  }));
  await recordTimeline(tx, { shopId, events });
  return { runIds: runs.map((run) => run.id) };
}

function holds(event: FlowEvent): Prisma.Sql {
  const inDefinition = Prisma.sql`v.definition -> 'exits' @> to_jsonb(${event}::text)`;
  switch (event) {
    case 'order_placed':
      return Prisma.sql`${inDefinition} AND ${orderedSince}`;
    case 'unsubscribed':
      return Prisma.sql`${inDefinition} AND ${unsubscribedSince}`;
    case 'cart_closed':
      return Prisma.sql`${inDefinition} AND ${cartClosed}`;
    case 'redacted':
      return Prisma.sql`true`;
  }
}
