import type { Tx } from '~/platform/db/index.server';

/** When the key of the API was made, and its last characters; null when there is none. */
export async function findEarnKey(
  tx: Tx,
  { shopId }: { shopId: number },
): Promise<{ hint: string; madeAt: Date } | null> {
  const row = await tx.earnSettings.findUnique({ where: { shopId } });
  if (!row?.keyHint || !row.keyMadeAt) return null;
  return { hint: row.keyHint, madeAt: row.keyMadeAt };
}
