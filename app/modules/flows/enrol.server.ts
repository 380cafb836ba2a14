import { recordTimeline } from '~/modules/customers/index.server';
import { getSettings } from '~/modules/shops/index.server';
import type { Tx } from '~/platform/db/index.server';
import { AppError } from '~/platform/errors';
import { triggerOf } from './definition';
import { isHeldOut } from './holdout.server';
import { listFlows } from './list-flows.server';
import { runContextSchema } from './run-context';
import type { FlowChoice, FlowEntry, FlowSummary } from './types';

const dayMs = 24 * 3_600_000;

/**
 * Enters people into the flow named by its key, or into every flow that starts with this trigger. Flows that are off take
 * nobody in, and causes older than the switching on don't count. Idempotent: the same cause (`runKey`) enters a person
 * once, and a flow that rests takes nobody in who entered it lately. Runs in the caller's transaction, so that a run is there exactly when its cause is. Returns the new runs.
 */
export async function enrol(
  tx: Tx,
  input: FlowChoice & { shopId: number; entries: FlowEntry[]; now: Date },
): Promise<{ runIds: bigint[] }> {
  const { shopId, entries, now } = input;
  if (entries.length === 0) return { runIds: [] };
  entries.forEach(checkEntry);
  const flows = (await listFlows(tx, { shopId })).filter((flow) => flow.enabled && isChosen(flow, input));
  if (flows.length === 0) return { runIds: [] };
  const { holdoutPercent } = await getSettings(tx, { shopId });
  const rows = flows.flatMap((flow) => runRows(flow, { shopId, entries, holdoutPercent, now }));
  if (rows.some(({ rested_since: since }) => since !== null)) await queueUp(tx, { shopId, entries });
  const runs = await tx.$queryRaw<{ id: bigint; profile_id: bigint; flow_key: string }[]>`
    INSERT INTO flow_runs
      (shop_id, flow_key, version, profile_id, run_key, state, node_key, node_since, due_at, context, holdout, entered_at)
    SELECT ${shopId}, e.flow_key, e.version, e.profile_id, e.run_key, 'waiting', e.node_key, ${now}::timestamptz, ${now}::timestamptz, e.context,
           e.holdout, ${now}::timestamptz
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS e (
      flow_key text, version int, profile_id bigint, run_key text, node_key text, context jsonb, holdout boolean, rested_since timestamptz)
    WHERE e.rested_since IS NULL OR NOT EXISTS (
      SELECT 1 FROM flow_runs k
      WHERE k.shop_id = ${shopId} AND k.flow_key = e.flow_key AND k.profile_id = e.profile_id AND k.entered_at > e.rested_since)
    ORDER BY e.flow_key, e.profile_id, e.run_key
    ON CONFLICT (shop_id, flow_key, profile_id, run_key) DO NOTHING
    RETURNING id, profile_id, flow_key`;
  const events = runs.map((run) => ({
    profileId: run.profile_id,
    kind: 'flow_entered' as const,
    key: `run:${run.id}`,
    occurredAt: now,
    data: { flowKey: run.flow_key, runId: run.id.toString() },
  }));
  await recordTimeline(tx, { shopId, events });
  return { runIds: runs.map((run) => run.id) };
}

/** Two causes of one person at once: the second sees the run of the first. */
async function queueUp(tx: Tx, { shopId, entries }: { shopId: number; entries: FlowEntry[] }): Promise<void> {
  const ids = [...new Set(entries.map(({ profileId }) => profileId))];
  await tx.$queryRaw`
    SELECT count(pg_advisory_xact_lock(hashtextextended('flow rest:' || ${shopId}::text, id)))
    FROM (SELECT id FROM unnest(${ids}::bigint[]) AS id ORDER BY id) people`;
}

function isChosen(flow: FlowSummary, choice: FlowChoice): boolean {
  if ('flowKey' in choice) return flow.key === choice.flowKey;
  return triggerOf(flow.definition).trigger.kind === choice.trigger;
}

function runRows(
  flow: FlowSummary,
  input: { shopId: number; entries: FlowEntry[]; holdoutPercent: number; now: Date },
): { rested_since: Date | null }[] {
  const { shopId, holdoutPercent: percent, now } = input;
  const { trigger } = triggerOf(flow.definition);
  const restMs = 'restDays' in trigger ? trigger.restDays * dayMs : null;
  const counting = input.entries.filter(
    (entry) => flow.enabledAt !== null && (entry.occurredAt ?? now) >= flow.enabledAt,
  );
  return counting.map((entry) => ({
    flow_key: flow.key,
    version: flow.version,
    profile_id: entry.profileId.toString(),
    run_key: entry.runKey,
    node_key: triggerOf(flow.definition).key,
    context: entry.context,
    rested_since: restMs === null ? null : new Date(now.getTime() - restMs),
    holdout: isHeldOut({ shopId, flowKey: flow.key, profileId: entry.profileId, percent }),
  }));
}

function checkEntry(entry: FlowEntry): void {
  if (entry.runKey !== '' && runContextSchema.safeParse(entry.context).success) return;
  throw new AppError('invalid', {
    message: 'an entry needs a runKey, and a context of ids only',
    userMessage: 'This person could not be entered into the flow.',
  });
}
