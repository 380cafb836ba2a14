import type { Tx } from '~/platform/db/index.server';

/** Those of these redemptions whose code ended and that nobody knows to be used or asked to cancel. */
export async function listEndedCodes(
  tx: Tx,
  { shopId, redemptionIds, now }: { shopId: number; redemptionIds: bigint[]; now: Date },
): Promise<{ redemptionId: bigint; discountId: bigint | null }[]> {
  const rows = await tx.redemption.findMany({
    where: {
      shopId,
      id: { in: redemptionIds },
      state: 'confirmed',
      cancelRequestedAt: null,
      expiresAt: { lte: now },
    },
    select: { id: true, discountId: true },
    orderBy: { id: 'asc' },
  });
  return rows.map(({ id: redemptionId, discountId }) => ({ redemptionId, discountId }));
}
