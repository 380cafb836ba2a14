import type { Tx } from '~/platform/db/index.server';
import { getPointBatch } from './get-point-batch.server';
import type { PointBatch } from './point-batch';

/**
 * Lets the job post a draft. Idempotent: a batch that was started before stays as it is. Throws `not_found`. Follow with the
 * job `loyalty.batches`.
 */
export async function startPointBatch(
  tx: Tx,
  input: { shopId: number; batchId: bigint; staff: string; now: Date },
): Promise<PointBatch> {
  const { shopId, batchId: id, staff, now } = input;
  await tx.pointBatch.updateMany({
    where: { shopId, id, status: 'draft' },
    data: { status: 'posting', staff, startedAt: now },
  });
  return getPointBatch(tx, input);
}
