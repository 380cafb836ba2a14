import type { Tx } from '~/platform/db/index.server';
import type { PointBatch } from './point-batch';
import { readBatch } from './read-batch.server';

/** The batches of the shop, newest first, `before` one of them when told. At most `limit`. */
export async function listPointBatches(
  tx: Tx,
  { shopId, before, limit }: { shopId: number; before?: bigint; limit: number },
): Promise<PointBatch[]> {
  const rows = await tx.pointBatch.findMany({
    where: { shopId, ...(before !== undefined && { id: { lt: before } }) },
    orderBy: { id: 'desc' },
    take: limit,
  });
  return rows.map(readBatch);
}
