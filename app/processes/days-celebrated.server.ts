import { recomputeTraits } from '~/modules/customers/index.server';
import { celebrateDays, celebrateTierBirthdays, closeCelebrations } from '~/modules/loyalty/index.server';
import { clock } from '~/platform/clock.server';
import { withShop } from '~/platform/db/index.server';
import { rewardsReached } from './rewards-reached.server';

/** Points for the birthdays and anniversaries of a shop's day, in batches. Safe to repeat, to run at once and to be killed. */
export async function daysCelebrated(shopId: number): Promise<void> {
  for (let more = true; more;) {
    more = await withShop(shopId, async (tx) => {
      const now = clock.now();
      const celebrated = await celebrateDays(tx, { shopId, now });
      const members = await celebrateTierBirthdays(tx, { shopId, now });
      const profileIds = [...new Set([...celebrated.profileIds, ...members.profileIds])];
      await rewardsReached(tx, { shopId, profileIds, now });
      await recomputeTraits(tx, { shopId, profileIds, now });
      const isMore = celebrated.more || members.more;
      if (!isMore) await closeCelebrations(tx, { shopId, now });
      return isMore;
    });
  }
}
