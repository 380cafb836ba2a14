import type { Tx } from '~/platform/db/index.server';

const keptMs = 30 * 24 * 60 * 60 * 1_000;

/** Uploads from before this moment are not kept any longer. */
export function uploadsKeptSince(now: Date): Date {
  return new Date(now.getTime() - keptMs);
}

/** Forgets what was uploaded 30 days ago: drafts nobody started go, addresses and words of other lines too. Idempotent. */
export async function dropOldUploads(tx: Tx, { shopId, now }: { shopId: number; now: Date }): Promise<void> {
  const old = { shopId, createdAt: { lte: uploadsKeptSince(now) }, uploadsDroppedAt: null };
  await tx.pointBatch.deleteMany({ where: { ...old, status: 'draft' } });
  const done = { ...old, status: { in: ['posted', 'undone'] } };
  const batches = await tx.pointBatch.findMany({ where: done, select: { id: true } });
  if (batches.length === 0) return;
  const ids = batches.map(({ id }) => id);
  await tx.$executeRaw`
    UPDATE point_batch_lines SET who = NULL, reason = NULL
    WHERE shop_id = ${shopId} AND batch_id = ANY (${ids}::bigint[]) AND (who IS NOT NULL OR reason IS NOT NULL)`;
  await tx.pointBatch.updateMany({
    where: { shopId, id: { in: ids } },
    data: { uploadsDroppedAt: now },
  });
}
