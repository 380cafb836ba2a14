import type { Tx } from '~/platform/db/index.server';
import type { Redemption } from './reward';
import { lookAgainAt } from './told-code';

/**
 * The code of a reward whose points are back was ended again in Shopify, where somebody had switched it on; the merchant
 * reads so. Idempotent; news that came after the redemption was read is looked at all the same.
 */
export async function recordEndedAgain(
  tx: Tx,
  input: { shopId: number; redemption: Redemption; now: Date },
): Promise<void> {
  const { shopId, redemption, now } = input;
  const { id, settledAt, nextAttemptAt } = redemption;
  await tx.redemption.updateMany({
    where: { shopId, id, state: 'cancelled', nextAttemptAt },
    data: {
      error: 'Its points are back with the customer, so its code was ended again in Shopify.',
      nextAttemptAt: lookAgainAt(settledAt, now),
      attempts: 0,
    },
  });
}
