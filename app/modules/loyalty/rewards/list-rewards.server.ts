import type { Tx } from '~/platform/db/index.server';
import { readReward } from './read-reward.server';
import type { RewardSummary } from './reward';

/** Every reward of the shop, those switched on first, cheapest first, and how often it was chosen. */
export async function listRewards(tx: Tx, { shopId }: { shopId: number }): Promise<RewardSummary[]> {
  const rows = await tx.reward.findMany({
    where: { shopId },
    orderBy: [{ enabled: 'desc' }, { points: 'asc' }, { id: 'asc' }],
  });
  const counts = await tx.redemption.groupBy({
    by: ['rewardId', 'state'],
    where: { shopId, state: { in: ['reserved', 'confirmed', 'used', 'unknown'] } },
    _count: true,
  });
  return rows.map((row) => {
    const own = counts.filter(({ rewardId }) => rewardId === row.id);
    const count = (part: typeof own): number => part.reduce((total, { _count }) => total + _count, 0);
    return {
      ...readReward(row),
      redeemed: count(own),
      used: count(own.filter(({ state }) => state === 'used')),
    };
  });
}
