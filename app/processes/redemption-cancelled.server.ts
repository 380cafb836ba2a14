import { requestCancellation } from '~/modules/loyalty/index.server';
import type { Redemption, RequestCancellationInput, RewardCodes } from '~/modules/loyalty/types';
import { withShop } from '~/platform/db/index.server';
import { AppError } from '~/platform/errors';
import { finishRedemption } from './finish-redemption.server';
import { rewardCodesOf } from './reward-codes-of.server';

/**
 * An unused reward is given back: the code is disabled, then the points return. Idempotent. Throws what
 * `requestCancellation` throws, `conflict` when an order has used the code after all, and `unavailable` when Shopify
 * doesn't answer: it is finished by itself then.
 */
export async function redemptionCancelled(
  input: RequestCancellationInput & { codes?: RewardCodes },
): Promise<Redemption> {
  const { codes = await rewardCodesOf(input.shopId), ...command } = input;
  const { shopId, redemptionId, now } = command;
  await withShop(shopId, (tx) => requestCancellation(tx, command));
  const after = await finishRedemption({ shopId, redemptionId, codes, now });
  if (after.state !== 'confirmed') return after;
  throw new AppError('conflict', {
    message: 'cancel a redemption: Shopify says the code was used',
    userMessage: 'An order has just used this code, so the points stay spent. The order shows here shortly.',
  });
}
