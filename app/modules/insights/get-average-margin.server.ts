import type { Tx } from '~/platform/db/index.server';
import type { Decimal } from '~/platform/money';
import { ratio } from '~/platform/money';

const windowMs = 90 * 24 * 60 * 60 * 1_000;
const newest = 5_000; // enough for an average, and never slow

/**
 * The share of revenue that is gross profit, over the paid orders of the last 90 days whose costs are known (the newest
 * 5,000 of them); null when there are none.
 */
export async function getAverageMargin(
  tx: Tx,
  { shopId, now }: { shopId: number; now: Date },
): Promise<Decimal | null> {
  const since = new Date(now.getTime() - windowMs);
  const [row] = await tx.$queryRaw<{ revenue: Decimal | null; profit: Decimal | null }[]>`
    SELECT sum(net_revenue) AS revenue, sum(gross_profit) AS profit FROM (
      SELECT net_revenue, gross_profit FROM orders
      WHERE shop_id = ${shopId} AND processed_at >= ${since} AND processed_at <= ${now} AND cost > 0
        AND paid_at IS NOT NULL AND cancelled_at IS NULL AND deleted_at IS NULL AND NOT test
      ORDER BY processed_at DESC LIMIT ${newest}) o`;
  if (!row?.revenue || !row.profit || row.revenue.isZero()) return null;
  return ratio(row.profit, row.revenue);
}
