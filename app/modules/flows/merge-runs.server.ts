import type { Tx } from '~/platform/db/index.server';

/**
 * Moves the runs of merged profiles to the survivor. Where both were in a flow for the same cause, the survivor's run goes
 * on and the other ends as 'merged' (it keeps its old profile, for the record). Idempotent.
 */
export async function mergeRuns(
  tx: Tx,
  input: { shopId: number; merges: { fromProfileId: bigint; intoProfileId: bigint }[]; now: Date },
): Promise<void> {
  const { shopId, merges, now } = input;
  if (merges.length === 0) return;
  const from = merges.map((merge) => merge.fromProfileId);
  const into = merges.map((merge) => merge.intoProfileId);
  // Several profiles may go into one: of runs with the same cause the oldest moves, unless the survivor has one already.
  await tx.$executeRaw`
    UPDATE flow_runs r
    SET profile_id = mover.into_id
    FROM (
      SELECT DISTINCT ON (m.into_id, x.flow_key, x.run_key) x.id, m.into_id
      FROM unnest(${from}::bigint[], ${into}::bigint[]) AS m (from_id, into_id)
      JOIN flow_runs x ON x.shop_id = ${shopId} AND x.profile_id = m.from_id
      WHERE NOT EXISTS (
        SELECT 1 FROM flow_runs k
        WHERE k.shop_id = ${shopId} AND k.flow_key = x.flow_key AND k.profile_id = m.into_id AND k.run_key = x.run_key)
      ORDER BY m.into_id, x.flow_key, x.run_key, x.id
    ) AS mover
    WHERE r.shop_id = ${shopId} AND r.id = mover.id`;
  await tx.$executeRaw`
    UPDATE flow_runs
    SET state = 'exited', exit_reason = 'merged', due_at = NULL, finished_at = ${now}
    WHERE shop_id = ${shopId} AND profile_id = ANY(${from}) AND state = 'waiting'`;
}
