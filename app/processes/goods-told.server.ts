import { recomputeTraits } from '~/modules/customers/index.server';
import { claimToldOrders } from '~/modules/loyalty/index.server';
import { lockFacts } from '~/modules/shops/index.server';
import { clock } from '~/platform/clock.server';
import { withShop } from '~/platform/db/index.server';
import { postPointsAndTiers } from './post-points-and-tiers.server';
import { rewardsReached } from './rewards-reached.server';
import { tiersReached } from './tiers-reached.server';

const limit = 500;

/** Products were told of after orders of them: what these earn by rules and campaigns for certain goods is judged again. */
export async function goodsTold(shopId: number): Promise<void> {
  while ((await judgeAgain(shopId)) > 0);
}

async function judgeAgain(shopId: number): Promise<number> {
  const now = clock.now();
  return withShop(shopId, async (tx) => {
    await lockFacts(tx, { shopId }); // or a batch of facts that holds accounts waits for the lines, and we for the accounts
    const orderIds = await claimToldOrders(tx, { shopId, limit });
    if (orderIds.length === 0) return 0;
    const { profileIds, risen } = await postPointsAndTiers(tx, { shopId, orderIds, profileIds: [], now });
    await tiersReached(tx, { shopId, risen, now });
    await rewardsReached(tx, { shopId, profileIds, now });
    await recomputeTraits(tx, { shopId, profileIds, now });
    return orderIds.length;
  });
}
