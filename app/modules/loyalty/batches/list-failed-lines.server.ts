import type { Tx } from '~/platform/db/index.server';
import { getPointBatch } from './get-point-batch.server';
import type { BatchProblem, FailedLine } from './point-batch';

interface Row {
  line: number;
  who: string | null;
  points: number | null;
  posted: number | null;
  problem: BatchProblem;
}

/** The lines of a batch nothing was posted for, or less than they say, in their order. Throws `not_found`. */
export async function listFailedLines(
  tx: Tx,
  { shopId, batchId, limit }: { shopId: number; batchId: bigint; limit: number },
): Promise<FailedLine[]> {
  await getPointBatch(tx, { shopId, batchId });
  const rows = await tx.$queryRaw<Row[]>`
    SELECT l.line, coalesce(l.who, p.email, p.shopify_customer_id::text) AS who, l.points, l.posted, l.problem
    FROM point_batch_lines l LEFT JOIN profiles p ON p.shop_id = ${shopId} AND p.id = l.profile_id
    WHERE l.shop_id = ${shopId} AND l.batch_id = ${batchId} AND l.problem IS NOT NULL ORDER BY l.line LIMIT ${limit}`;
  return rows.map((row) => ({ ...row, posted: row.posted ?? 0 }));
}
