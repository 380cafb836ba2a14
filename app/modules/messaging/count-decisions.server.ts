import { z } from 'zod';
import type { Tx } from '~/platform/db/index.server';

export interface DecisionCount {
  nodeKey: string;
  outcome: 'send' | 'withhold';
  reason: string;
  count: number;
}

const outcomeSchema = z.enum(['send', 'withhold']);

/** How many asks of a flow ended with "send" and with "withhold", by step and reason. Deferrals are no end: not counted. */
export async function countDecisions(
  tx: Tx,
  input: { shopId: number; flowKey: string },
): Promise<DecisionCount[]> {
  const rows = await tx.$queryRaw<{ node_key: string; outcome: string; reason: string; count: bigint }[]>`
    SELECT node_key, outcome, reason, count(*) AS count
    FROM send_decisions
    WHERE shop_id = ${input.shopId} AND flow_key = ${input.flowKey} AND outcome IN ('send', 'withhold')
    GROUP BY node_key, outcome, reason
    ORDER BY node_key, outcome, reason`;
  return rows.map((row) => ({
    nodeKey: row.node_key,
    outcome: outcomeSchema.parse(row.outcome),
    reason: row.reason,
    count: Number(row.count),
  }));
}
