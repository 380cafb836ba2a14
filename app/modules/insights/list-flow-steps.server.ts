import type { Tx } from '~/platform/db/index.server';
import type { Decimal } from '~/platform/money';
import type { FlowStepCounts } from './types';

interface Row {
  node_key: string;
  waiting: bigint;
  sent: bigint;
  withheld: bigint;
  clicked: bigint;
  orders: bigint;
  revenue: Decimal;
}

const days = 90;

/** By step of a flow: who waits there now, and what came of its mails in the last 90 days. One query. */
export async function listFlowSteps(
  tx: Tx,
  input: { shopId: number; flowKey: string; now: Date },
): Promise<FlowStepCounts[]> {
  const { shopId, flowKey } = input;
  const since = new Date(input.now.getTime() - days * 86_400_000);
  const rows = await tx.$queryRaw<Row[]>`
    SELECT node_key, sum(waiting) AS waiting, sum(sent) AS sent, sum(withheld) AS withheld, sum(clicked) AS clicked,
           sum(orders) AS orders, sum(revenue) AS revenue
    FROM (
      SELECT node_key, count(*) AS waiting, 0 AS sent, 0 AS withheld, 0 AS clicked, 0 AS orders, 0::numeric AS revenue
      FROM flow_runs WHERE shop_id = ${shopId} AND flow_key = ${flowKey} AND state = 'waiting' GROUP BY 1
      UNION ALL
      SELECT node_key, 0, count(*) FILTER (WHERE status = 'sent'), count(*) FILTER (WHERE status = 'withheld'),
             count(clicked_at), count(order_id), coalesce(sum(revenue), 0)
      FROM messages WHERE shop_id = ${shopId} AND flow_key = ${flowKey} AND node_key IS NOT NULL AND created_at >= ${since} GROUP BY 1
      UNION ALL
      SELECT node_key, 0, 0, count(*), 0, 0, 0
      FROM send_decisions WHERE shop_id = ${shopId} AND flow_key = ${flowKey} AND outcome <> 'send' AND outcome = 'withhold' -- the first is the index's condition
        AND decided_at >= ${since} GROUP BY 1) counted
    GROUP BY node_key ORDER BY node_key`;
  return rows.map((row) => ({
    nodeKey: row.node_key,
    waiting: Number(row.waiting),
    sent: Number(row.sent),
    withheld: Number(row.withheld),
    clicked: Number(row.clicked),
    orders: Number(row.orders),
    revenue: row.revenue.toString(),
  }));
}
