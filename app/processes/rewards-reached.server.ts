import { enrol } from '~/modules/flows/index.server';
import { listReachedRewards } from '~/modules/loyalty/index.server';
import type { Tx } from '~/platform/db/index.server';

/**
 * People got points: who can pay a reward now and could not before enters the flow that tells them. Comes after points were
 * posted and before `recomputeTraits`, in one transaction. The key of a run is the entry that brought them there.
 */
export async function rewardsReached(
  tx: Tx,
  input: { shopId: number; profileIds: bigint[]; now: Date },
): Promise<void> {
  const { shopId, now } = input;
  const reached = await listReachedRewards(tx, input);
  const entries = reached.map(({ profileId, rewardId, transactionId }) => ({
    profileId,
    runKey: `${rewardId}:${transactionId}`,
    context: { rewardId: rewardId.toString() },
  }));
  await enrol(tx, { shopId, trigger: 'reward_reached', entries, now });
}
