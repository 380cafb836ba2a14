import { recomputeTraits } from '~/modules/customers/index.server';
import { releasePending } from '~/modules/loyalty/index.server';
import { lockFacts } from '~/modules/shops/index.server';
import { clock } from '~/platform/clock.server';
import { withShop } from '~/platform/db/index.server';
import { rewardsReached } from './rewards-reached.server';

/** Makes the pending points of a shop spendable whose hold is over, in batches, each with the traits that follow from it. */
export async function pointsReleased(shopId: number): Promise<void> {
  for (let more = true; more;) {
    const now = clock.now();
    more = await withShop(shopId, async (tx) => {
      await lockFacts(tx, { shopId }); // orders are judged: as in goods-told
      const released = await releasePending(tx, { shopId, now });
      await rewardsReached(tx, { shopId, profileIds: released.profileIds, now });
      await recomputeTraits(tx, { shopId, profileIds: released.profileIds, now });
      return released.more;
    });
  }
}
