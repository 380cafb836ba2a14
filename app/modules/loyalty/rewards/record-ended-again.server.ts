import type { Tx } from '~/platform/db/index.server';

/**
 * The code of a reward whose points are back was ended again in Shopify, where somebody had switched it on; the merchant
 * reads so. Idempotent; news that came after `nextAttemptAt` was read is looked at all the same.
 */
export async function recordEndedAgain(
  tx: Tx,
  input: { shopId: number; redemptionId: bigint; nextAttemptAt: Date | null },
): Promise<void> {
  const { shopId, redemptionId, nextAttemptAt } = input;
  await tx.redemption.updateMany({
    where: { shopId, id: redemptionId, state: 'cancelled', nextAttemptAt },
    data: {
      error: 'Its points are back with the customer, so its code was ended again in Shopify.',
      nextAttemptAt: null,
      attempts: 0,
    },
  });
}
