import type { Tx } from '~/platform/db/index.server';
import { readRedemption } from './redemption-row.server';
import { isDiscount } from './reward';

export interface CodeToInspect {
  redemptionId: bigint;
  discountId: bigint | null;
  nextAttemptAt: Date | null; // as it was before Shopify was asked
}

/**
 * Those of these redemptions whose code Shopify is to be asked about: issued ones that nobody knows to be used or asked to
 * cancel, and those whose points are back.
 */
export async function listCodesToInspect(
  tx: Tx,
  { shopId, redemptionIds }: { shopId: number; redemptionIds: bigint[] },
): Promise<CodeToInspect[]> {
  const rows = await tx.redemption.findMany({
    where: {
      shopId,
      id: { in: redemptionIds },
      state: { in: ['confirmed', 'cancelled'] },
      cancelRequestedAt: null,
    },
    orderBy: { id: 'asc' },
  });
  return rows
    .filter((row) => isDiscount(readRedemption(row).terms.kind))
    .map(({ id: redemptionId, discountId, nextAttemptAt }) => ({ redemptionId, discountId, nextAttemptAt }));
}
