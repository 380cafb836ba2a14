import type { Tx } from '~/platform/db/index.server';
import { getPointBatch } from './get-point-batch.server';
import type { PointBatch } from './point-batch';

/**
 * Lets the job take back what a batch posted. One that is still being posted stops where it is. Idempotent; a draft, which
 * posted nothing, stays one. Throws `not_found`. Follow with the job `loyalty.batches`.
 */
export async function undoPointBatch(
  tx: Tx,
  input: { shopId: number; batchId: bigint; staff: string; now: Date },
): Promise<PointBatch> {
  const { shopId, batchId: id, staff, now } = input;
  await tx.pointBatch.updateMany({
    where: { shopId, id, status: { in: ['posting', 'posted'] } },
    data: { status: 'undoing', undoneBy: staff, undoStartedAt: now },
  });
  return getPointBatch(tx, input);
}
