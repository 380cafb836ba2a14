import type { Tx } from '~/platform/db/index.server';
import type { Decimal } from '~/platform/money';
import { isoOrNull } from './iso';
import type { FlowSummary } from './types';

const days = 30;

interface Row {
  key: string;
  version: number;
  enabled: boolean;
  enabled_at: Date | null;
  running: bigint;
  entered: bigint;
  sent: bigint;
  orders: bigint;
  revenue: Decimal;
}

/** The shop's flows with what they did in the last 30 days. Revenue is that of orders attributed to their mails. One query. */
export async function listFlowSummaries(
  tx: Tx,
  input: { shopId: number; now: Date },
): Promise<(FlowSummary & { version: number })[]> {
  const { shopId } = input;
  const since = new Date(input.now.getTime() - days * 86_400_000);
  const rows = await tx.$queryRaw<Row[]>`
    SELECT f.key, f.version, f.enabled, f.enabled_at, coalesce(w.running, 0) AS running, coalesce(r.entered, 0) AS entered,
           coalesce(m.sent, 0) AS sent, coalesce(m.orders, 0) AS orders, coalesce(m.revenue, 0) AS revenue
    FROM flows f
    LEFT JOIN (SELECT flow_key, count(*) AS running FROM flow_runs
               WHERE shop_id = ${shopId} AND state = 'waiting' GROUP BY 1) w ON w.flow_key = f.key
    LEFT JOIN (SELECT flow_key, count(*) AS entered FROM flow_runs
               WHERE shop_id = ${shopId} AND entered_at >= ${since} AND flow_key IN (SELECT key FROM flows WHERE shop_id = ${shopId})
               GROUP BY 1) r ON r.flow_key = f.key
    LEFT JOIN (SELECT flow_key, count(*) AS sent, count(order_id) AS orders, coalesce(sum(revenue), 0) AS revenue FROM messages
               WHERE shop_id = ${shopId} AND sent_at >= ${since} AND flow_key IS NOT NULL GROUP BY 1) m ON m.flow_key = f.key
    WHERE f.shop_id = ${shopId} ORDER BY f.key`;
  return rows.map((row) => ({
    key: row.key,
    version: row.version,
    enabled: row.enabled,
    enabledAt: isoOrNull(row.enabled_at),
    running: Number(row.running),
    entered: Number(row.entered),
    sent: Number(row.sent),
    orders: Number(row.orders),
    revenue: row.revenue.toString(),
  }));
}
