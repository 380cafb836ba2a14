import type { Tx } from '~/platform/db/index.server';

/**
 * Takes the free codes of a pool that gives none any more: nobody knows them, so nobody can use them. Says whether a code
 * somebody has may still be used. Idempotent.
 */
export async function withdrawStock(
  tx: Tx,
  { shopId, poolId }: { shopId: number; poolId: bigint },
): Promise<{ inUse: boolean }> {
  // First, as claims do: one that is taking a code is waited for, and then counted.
  await tx.referralPoolCode.deleteMany({ where: { shopId, poolId } });
  const used = await tx.referral.findFirst({
    where: {
      shopId,
      poolId,
      offerState: { in: ['made', 'ending'] },
      state: { in: ['claimed', 'blocked', 'rejected'] },
    },
    select: { id: true },
  });
  return { inUse: used !== null };
}
