import type { Tx } from '~/platform/db/index.server';
import { AppError, notFound } from '~/platform/errors';
import { lockRedemptions } from './lock-redemptions.server';
import type { Redemption } from './reward';

export interface RequestCancellationInput {
  shopId: number;
  redemptionId: bigint;
  profileId: bigint; // whose page it was asked on
  now: Date;
}

/**
 * Notes that an unused reward is to be given back. The code is disabled first and the points come after, or a customer
 * could have both. Idempotent. Throws `not_found`, and `conflict` with a sentence when it was used or is not ready.
 */
export async function requestCancellation(tx: Tx, input: RequestCancellationInput): Promise<Redemption> {
  const { shopId, redemptionId, profileId, now } = input;
  const [redemption] = await lockRedemptions(tx, { shopId, ids: [redemptionId] });
  if (redemption?.profileId !== profileId) throw notFound('redemption');
  if (redemption.state === 'used')
    throw conflict('This code was used in an order. A refund gives points back.');
  if (redemption.state === 'reserved')
    throw conflict('This code is still being made. Please try again in a minute.');
  if (redemption.state === 'unknown') throw conflict('Say first whether this store credit was paid.');
  if (redemption.state !== 'confirmed') return redemption;
  if (redemption.terms.kind === 'store_credit')
    throw conflict('Store credit is the customer’s money and can’t be taken back here. Do it in Shopify.');
  const cancelRequestedAt = redemption.cancelRequestedAt ?? now;
  await tx.redemption.updateMany({
    where: { shopId, id: redemptionId },
    data: { cancelRequestedAt, attempts: 0, nextAttemptAt: now, error: null },
  });
  return { ...redemption, cancelRequestedAt };
}

function conflict(userMessage: string): AppError {
  return new AppError('conflict', { message: `cancel a redemption: ${userMessage}`, userMessage });
}
