import type { Tx } from '~/platform/db/index.server';
import { decimal } from '~/platform/money';
import { getPointValue } from '../get-point-value.server';
import type { BatchPreview, BatchProblem } from './point-batch';

interface Row {
  gains: number;
  given: bigint;
  losses: number;
  taken: bigint;
  short: number;
}

/** What starting a draft would do, by the balances of now. Three queries; posts nothing. */
export async function previewPointBatch(
  tx: Tx,
  { shopId, batchId }: { shopId: number; batchId: bigint },
): Promise<BatchPreview> {
  const [row] = await tx.$queryRaw<Row[]>`
    SELECT count(*) FILTER (WHERE l.points > 0)::int AS gains,
      coalesce(sum(l.points) FILTER (WHERE l.points > 0), 0)::bigint AS given,
      count(*) FILTER (WHERE l.points < 0)::int AS losses,
      coalesce(sum(least(-l.points, greatest(coalesce(a.balance, 0), 0))) FILTER (WHERE l.points < 0), 0)::bigint AS taken,
      count(*) FILTER (WHERE l.points < 0 AND coalesce(a.balance, 0) + l.points < 0)::int AS short
    FROM point_batch_lines l
    LEFT JOIN ledger_accounts a ON l.points < 0 AND a.shop_id = ${shopId} AND a.profile_id = l.profile_id AND a.kind = 'points'
    WHERE l.shop_id = ${shopId} AND l.batch_id = ${batchId} AND l.problem IS NULL`;
  const { gains = 0, losses = 0, short = 0, given = 0n, taken = 0n } = row ?? {};
  const value = await getPointValue(tx, { shopId });
  return {
    people: gains + losses,
    gains,
    given: Number(given),
    losses,
    taken: Number(taken),
    short,
    worth: value === null ? null : decimal(value).times(Number(given)).toString(),
    problems: await tx.$queryRaw<{ problem: BatchProblem; lines: number }[]>`
      SELECT problem, count(*)::int AS lines FROM point_batch_lines
      WHERE shop_id = ${shopId} AND batch_id = ${batchId} AND problem IS NOT NULL GROUP BY problem ORDER BY 2 DESC, 1`,
  };
}
