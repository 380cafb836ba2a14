import { findProfileByCustomer } from '~/modules/customers/index.server';
import type { Redemption, RewardCodes } from '~/modules/loyalty/types';
import { withShop } from '~/platform/db/index.server';
import { AppError } from '~/platform/errors';
import { rewardRedeemed } from './reward-redeemed.server';

export interface ShopperRedeemedInput {
  shopId: number;
  shopifyCustomerId: bigint; // out of Shopify's token
  rewardId: bigint;
  key: string; // of the shopper's command: giving it again answers what it led to
  codes?: RewardCodes; // where codes live, Shopify unless told otherwise
  now: Date;
}

/**
 * A shopper chose a reward for themselves, at checkout or in their account. Idempotent by `key`, which is the shopper's own:
 * two people with the same key have nothing to do with each other. Throws what `rewardRedeemed` throws, with a `reason`.
 */
export async function shopperRedeemed(input: ShopperRedeemedInput): Promise<Redemption> {
  const { shopifyCustomerId, ...command } = input;
  const { shopId } = command;
  const profileId = await withShop(shopId, (tx) => findProfileByCustomer(tx, { shopId, shopifyCustomerId }));
  if (profileId === null)
    throw new AppError('invalid', {
      message: 'redeem: a customer we have not heard of',
      reason: 'too_few_points',
      userMessage: 'You have no points to spend yet.',
    });
  return rewardRedeemed({ ...command, profileId, key: `shopper:${shopifyCustomerId}:${input.key}` });
}
