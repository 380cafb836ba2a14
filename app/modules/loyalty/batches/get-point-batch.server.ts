import type { Tx } from '~/platform/db/index.server';
import { notFound } from '~/platform/errors';
import type { PointBatch } from './point-batch';
import { readBatch } from './read-batch.server';

/** A batch of the shop. Throws `not_found`. */
export async function getPointBatch(
  tx: Tx,
  { shopId, batchId: id }: { shopId: number; batchId: bigint },
): Promise<PointBatch> {
  const row = await tx.pointBatch.findUnique({ where: { shopId_id: { shopId, id } } });
  if (!row) throw notFound('batch');
  return readBatch(row);
}
