import type { Tx } from '~/platform/db/index.server';

/** Throws a draft away. Idempotent; a batch that was started stays. */
export async function deletePointBatch(
  tx: Tx,
  { shopId, batchId: id }: { shopId: number; batchId: bigint },
): Promise<void> {
  await tx.pointBatch.deleteMany({ where: { shopId, id, status: 'draft' } });
}
