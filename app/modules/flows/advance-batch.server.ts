import { recordTimeline } from '~/modules/customers/index.server';
import { createMessages, decideSends, type SendDecision } from '~/modules/messaging/index.server';
import { getShop } from '~/modules/shops/index.server';
import type { Tx } from '~/platform/db/index.server';
import { claimRuns, type ClaimedRun } from './claim-runs.server';
import type { FlowDefinition } from './definition';
import { failedRun } from './failed-run';
import { loadDefinitions, type DefinitionCache } from './load-definitions.server';
import { loadFacts } from './load-facts.server';
import { planWalk, type RunFacts, type SendNode, type Stop } from './plan';
import { runContextSchema } from './run-context';
import type { RunUpdate } from './run-update';
import { saveRuns } from './save-runs.server';
import type { RunContext } from './types';

export type { DefinitionCache };

interface ReadyRun {
  run: ClaimedRun;
  context: RunContext;
  definition: FlowDefinition;
  facts: RunFacts;
}

/** A run that stands at a send step and may go on when the arbiter has answered. */
interface AskingRun extends ReadyRun {
  node: SendNode;
  nodeSince: Date;
  latestUsefulAt: Date;
}

/**
 * Takes one step with up to `limit` due runs: claims them, reads their facts, walks, asks the arbiter once for all, writes
 * the messages and where each run stands. All in the caller's transaction. Returns how many runs it took; 0 when none is
 * due or the shop is not active (its runs wait).
 */
export async function advanceBatch(
  tx: Tx,
  input: {
    shopId: number;
    now: Date;
    limit: number;
    runIds: bigint[] | null;
    definitions: DefinitionCache;
    onClaim: (runIds: bigint[]) => void;
  },
): Promise<number> {
  const { shopId, now, definitions } = input;
  const shop = await getShop(tx, { shopId });
  if (shop.status !== 'active') return 0;
  const runs = await claimRuns(tx, input);
  const runIds = runs.map((run) => run.id);
  input.onClaim(runIds);
  if (runs.length === 0) return 0;
  await loadDefinitions(tx, { shopId, runs, definitions });
  const facts = await loadFacts(tx, { shopId, runIds, now });
  const updates: RunUpdate[] = [];
  const asking: AskingRun[] = [];
  for (const run of runs) {
    try {
      const ready = prepare(run, definitions, facts);
      const stop = planWalk(ready.definition, run, ready.facts, now);
      if (stop.step.kind === 'send') asking.push(toAsking(ready, stop.nodeSince, stop.step));
      else updates.push(afterStop(run, stop, now));
    } catch (error) {
      updates.push(failedRun(run, error, now));
    }
  }
  updates.push(...(await send(tx, { shopId, asking, now })));
  await saveRuns(tx, { shopId, runs: updates, now });
  return runs.length;
}

function prepare(run: ClaimedRun, definitions: DefinitionCache, facts: Map<bigint, RunFacts>): ReadyRun {
  const definition = definitions.get(`${run.flowKey}:${run.version}`);
  const known = facts.get(run.id);
  if (!definition || !known) throw new Error(`version ${run.version} of flow ${run.flowKey} can't be run`);
  return { run, definition, facts: known, context: runContextSchema.parse(run.context) };
}

function toAsking(
  ready: ReadyRun,
  nodeSince: Date,
  step: Extract<Stop['step'], { kind: 'send' }>,
): AskingRun {
  return { ...ready, nodeSince, node: step.node, latestUsefulAt: step.latestUsefulAt };
}

/** One question for all, then the messages and the timeline of what was withheld. Returns where the runs stand then. */
async function send(tx: Tx, input: { shopId: number; asking: AskingRun[]; now: Date }): Promise<RunUpdate[]> {
  const { shopId, asking, now } = input;
  if (asking.length === 0) return [];
  const decisions = await decideSends(tx, { shopId, asks: asking.map(toAsk), now });
  const answered = asking.flatMap((item, index) => {
    const decision = decisions[index];
    return decision ? [{ item, decision }] : [];
  });
  const sent = answered.filter(({ decision }) => decision.outcome === 'send');
  await createMessages(tx, { shopId, messages: sent.map(({ item }) => toMessage(item)), now });
  const withheld = answered.filter(({ decision }) => decision.outcome === 'withhold');
  await recordTimeline(tx, {
    shopId,
    events: withheld.map(({ item, decision }) => withheldEvent(item, decision, now)),
  });
  return answered.map(({ item, decision }) => afterDecision(item, decision, now));
}

function toAsk({ run, node, latestUsefulAt }: AskingRun) {
  return {
    profileId: run.profileId,
    flowKey: run.flowKey,
    flowRunId: run.id,
    nodeKey: node.key,
    kind: node.message,
    latestUsefulAt,
    holdout: run.holdout,
  };
}

function toMessage({ run, node, context }: AskingRun) {
  return {
    dedupeKey: `run:${run.id}:${node.key}`,
    profileId: run.profileId,
    kind: node.message,
    flowKey: run.flowKey,
    flowRunId: run.id,
    nodeKey: node.key,
    templateKey: node.templateKey,
    vars: context,
  };
}

function withheldEvent({ run, node }: AskingRun, decision: SendDecision, now: Date) {
  return {
    profileId: run.profileId,
    kind: 'email_withheld' as const,
    key: `run:${run.id}:${node.key}`,
    occurredAt: now,
    data: { flowKey: run.flowKey, runId: run.id.toString(), nodeKey: node.key, reason: decision.reason },
  };
}

/** Deferred, it stands and waits. Sent or withheld, it goes on; a next send that is due at once is the next batch's. */
function afterDecision(item: AskingRun, decision: SendDecision, now: Date): RunUpdate {
  const { run, node, definition, facts } = item;
  if (decision.outcome === 'defer') {
    return standing(run, { nodeKey: node.key, nodeSince: item.nodeSince, dueAt: decision.until ?? now });
  }
  const position = { nodeKey: node.next, nodeSince: now, enteredAt: run.enteredAt };
  return afterStop(run, planWalk(definition, position, facts, now), now);
}

function afterStop(run: ClaimedRun, stop: Stop, now: Date): RunUpdate {
  const { nodeKey, nodeSince, step } = stop;
  if (step.kind !== 'exit') {
    return standing(run, { nodeKey, nodeSince, dueAt: step.kind === 'wait' ? step.until : now });
  }
  return {
    ...standing(run, { nodeKey, nodeSince, dueAt: null }),
    state: step.reason === 'completed' ? 'done' : 'exited',
    exitReason: step.reason,
  };
}

function standing(
  run: ClaimedRun,
  place: { nodeKey: string; nodeSince: Date; dueAt: Date | null },
): RunUpdate {
  const { id, flowKey, profileId } = run;
  return { id, flowKey, profileId, ...place, state: 'waiting', exitReason: null, attempts: 0, error: null };
}
