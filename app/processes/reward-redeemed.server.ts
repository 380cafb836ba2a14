import { recomputeTraits } from '~/modules/customers/index.server';
import { reservePoints } from '~/modules/loyalty/index.server';
import type { Redemption, ReservePointsInput, RewardCodes } from '~/modules/loyalty/types';
import { withShop } from '~/platform/db/index.server';
import { AppError } from '~/platform/errors';
import { finishRedemption } from './finish-redemption.server';
import { rewardCodesOf } from './reward-codes-of.server';

/**
 * Somebody chose a reward: points are set aside, Shopify makes the code, the points are spent. Three steps, because nobody
 * holds a transaction open while Shopify thinks. What dies in between is finished by the sweep. Idempotent by `key`.
 *
 * Throws what `reservePoints` throws, and `invalid` with a sentence when Shopify makes no code; the points are back then.
 * When Shopify doesn't answer, the redemption comes back `reserved`: its code follows by itself. `codes` is where its code
 * lives, Shopify unless told otherwise.
 */
export async function rewardRedeemed(
  input: ReservePointsInput & { codes?: RewardCodes },
): Promise<Redemption> {
  const { codes = await rewardCodesOf(input.shopId), ...command } = input;
  const { shopId, profileId, now } = command;
  const redemption = await withShop(shopId, async (tx) => {
    const reserved = await reservePoints(tx, command);
    await recomputeTraits(tx, { shopId, profileIds: [profileId], now });
    return reserved;
  });
  const made = await finishUnlessSilent({ shopId, redemption, codes, now });
  if (made.state !== 'released') return made;
  const why = made.error ?? 'Shopify made no code for this reward.';
  throw new AppError('invalid', {
    message: `redeem: ${why}`,
    reason: 'no_code',
    userMessage: `${why} The points are back.`,
  });
}

async function finishUnlessSilent(input: {
  shopId: number;
  redemption: Redemption;
  codes: RewardCodes;
  now: Date;
}): Promise<Redemption> {
  const { redemption, ...rest } = input;
  try {
    return await finishRedemption({ ...rest, redemptionId: redemption.id });
  } catch (error) {
    if (error instanceof AppError && error.code === 'unavailable') return redemption;
    throw error;
  }
}
