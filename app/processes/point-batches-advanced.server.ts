import { recomputeTraits, recordTimeline } from '~/modules/customers/index.server';
import { advancePointBatches, dropOldUploads } from '~/modules/loyalty/index.server';
import { clock } from '~/platform/clock.server';
import { withShop } from '~/platform/db/index.server';
import { rewardsReached } from './rewards-reached.server';

/**
 * Posts, or takes back, the points of the batches of a shop that were started, step by step: the ledger, the timeline and
 * the figures of the customers of a step are one transaction. Then forgets uploads that were kept long enough.
 */
export async function pointBatchesAdvanced(shopId: number): Promise<void> {
  for (let more = true; more;) {
    const now = clock.now();
    more = await withShop(shopId, async (tx) => {
      const { entries, more: left } = await advancePointBatches(tx, { shopId, now });
      await recordTimeline(tx, {
        shopId,
        events: entries.map(({ profileId, key, points }) => ({
          profileId,
          kind: 'points_adjusted',
          key: `adjust:${key}`,
          occurredAt: now,
          data: { points },
        })),
      });
      const profileIds = entries.map(({ profileId }) => profileId);
      await rewardsReached(tx, { shopId, profileIds, now });
      await recomputeTraits(tx, { shopId, profileIds, now });
      return left;
    });
  }
  await withShop(shopId, (tx) => dropOldUploads(tx, { shopId, now: clock.now() }));
}
