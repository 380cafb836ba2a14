import type { Tx } from '~/platform/db/index.server';
import { notFound } from '~/platform/errors';
import { readReward } from './read-reward.server';
import type { Reward } from './reward';

/** One reward. Throws `not_found`. */
export async function getReward(tx: Tx, input: { shopId: number; rewardId: bigint }): Promise<Reward> {
  const row = await tx.reward.findUnique({
    where: { shopId_id: { shopId: input.shopId, id: input.rewardId } },
  });
  if (!row) throw notFound('reward');
  return readReward(row);
}
