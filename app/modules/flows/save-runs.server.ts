import { recordTimeline } from '~/modules/customers/index.server';
import type { Tx } from '~/platform/db/index.server';
import type { RunUpdate } from './run-update';

/** Writes where runs stand now, and tells the timeline of those that ended. The caller holds their locks. */
export async function saveRuns(
  tx: Tx,
  input: { shopId: number; runs: RunUpdate[]; now: Date },
): Promise<void> {
  const { shopId, runs, now } = input;
  const rows = runs.map((run) => ({
    id: run.id.toString(),
    state: run.state,
    node_key: run.nodeKey,
    node_since: run.nodeSince,
    due_at: run.dueAt,
    exit_reason: run.exitReason,
    attempts: run.attempts,
    error: run.error,
  }));
  await tx.$executeRaw`
    UPDATE flow_runs r
    SET state = s.state, node_key = s.node_key, node_since = s.node_since, due_at = s.due_at,
        exit_reason = s.exit_reason, attempts = s.attempts, error = s.error,
        finished_at = CASE WHEN s.state <> 'waiting' THEN ${now}::timestamptz END
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS s (
      id bigint, state text, node_key text, node_since timestamptz, due_at timestamptz, exit_reason text,
      attempts int, error text)
    WHERE r.shop_id = ${shopId} AND r.id = s.id`;
  const ended = runs.filter((run) => run.state !== 'waiting');
  await recordTimeline(tx, { shopId, events: ended.map((run) => exitEvent(run, now)) });
}

function exitEvent(run: Pick<RunUpdate, 'id' | 'profileId' | 'flowKey' | 'exitReason'>, now: Date) {
  return {
    profileId: run.profileId,
    kind: 'flow_exited' as const,
    key: `run:${run.id}`,
    occurredAt: now,
    data: { flowKey: run.flowKey, runId: run.id.toString(), reason: run.exitReason },
  };
}
