import type { Tx } from '~/platform/db/index.server';

/** Referrals whose hold is over, the oldest first. */
export async function listDueReferrals(
  tx: Tx,
  { shopId, now, limit }: { shopId: number; now: Date; limit: number },
): Promise<bigint[]> {
  const rows = await tx.referral.findMany({
    where: { shopId, dueAt: { lte: now } },
    orderBy: { dueAt: 'asc' },
    take: limit,
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}
