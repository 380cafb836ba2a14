import { countDecisions, type DecisionCount } from '~/modules/messaging/index.server';
import type { Tx } from '~/platform/db/index.server';
import type { FlowCounts } from './types';

interface RunCount {
  state: string;
  node_key: string | null;
  exit_reason: string | null;
  holdout: boolean;
  runs: bigint;
}

/** How many runs a flow has had, where those under way stand, what became of the others and of each step's mails. */
export async function countSteps(tx: Tx, input: { shopId: number; flowKey: string }): Promise<FlowCounts> {
  const runs = await tx.$queryRaw<RunCount[]>`
    SELECT state, CASE WHEN state = 'waiting' THEN node_key END AS node_key, exit_reason, holdout, count(*) AS runs
    FROM flow_runs
    WHERE shop_id = ${input.shopId} AND flow_key = ${input.flowKey}
    GROUP BY 1, 2, 3, 4
    ORDER BY 1, 2, 3, 4`;
  const decisions = await countDecisions(tx, input);
  const total = (rows: RunCount[]) => rows.reduce((sum, row) => sum + Number(row.runs), 0);
  const reasons = new Set(
    runs.flatMap((row) => (row.state === 'exited' ? [row.exit_reason ?? 'branch'] : [])),
  );
  const keys = new Set([
    ...runs.flatMap((row) => row.node_key ?? []),
    ...decisions.map((row) => row.nodeKey),
  ]);
  return {
    entered: total(runs),
    waiting: total(runs.filter((row) => row.state === 'waiting')),
    completed: total(runs.filter((row) => row.state === 'done')),
    heldOut: total(runs.filter((row) => row.holdout)),
    exited: [...reasons].map((reason) => ({
      reason,
      runs: total(runs.filter((row) => row.state === 'exited' && (row.exit_reason ?? 'branch') === reason)),
    })),
    nodes: Object.fromEntries(
      [...keys].map((key) => [
        key,
        { waiting: total(runs.filter((row) => row.node_key === key)), ...ofNode(decisions, key) },
      ]),
    ),
  };
}

function ofNode(decisions: DecisionCount[], nodeKey: string) {
  const here = decisions.filter((row) => row.nodeKey === nodeKey);
  return {
    sent: here.reduce((sum, row) => sum + (row.outcome === 'send' ? row.count : 0), 0),
    withheld: here
      .filter((row) => row.outcome === 'withhold')
      .map((row) => ({ reason: row.reason, runs: row.count })),
  };
}
