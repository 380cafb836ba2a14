import type { Tx } from '~/platform/db/index.server';
import { notFound } from '~/platform/errors';
import { forgetOffers } from '../offers.server';
import { checkTerms } from './check-terms';
import { readReward } from './read-reward.server';
import type { Reward, RewardTerms } from './reward';
import { toRewardRow } from './to-reward-row';

export interface UpdateRewardInput {
  shopId: number;
  rewardId: bigint;
  terms?: RewardTerms; // left out: as they are
  enabled?: boolean;
  now: Date;
}

/**
 * Changes a reward from now on; codes given out keep the terms they were redeemed at. Idempotent. Throws `not_found`, and
 * `invalid` for terms that make no reward.
 */
export async function updateReward(
  tx: Tx,
  { shopId, rewardId, terms, enabled, now }: UpdateRewardInput,
): Promise<Reward> {
  const data = {
    ...(terms && toRewardRow(checkTerms(terms))),
    ...(enabled !== undefined && { enabled }),
    updatedAt: now,
  };
  const { count } = await tx.reward.updateMany({ where: { shopId, id: rewardId }, data });
  if (count === 0) throw notFound('reward');
  forgetOffers(shopId);
  return readReward(await tx.reward.findUniqueOrThrow({ where: { shopId_id: { shopId, id: rewardId } } }));
}
