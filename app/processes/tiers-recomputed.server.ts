import { recomputeTraits } from '~/modules/customers/index.server';
import { applyOrderPoints, recomputeTiers } from '~/modules/loyalty/index.server';
import { clock } from '~/platform/clock.server';
import { withShop } from '~/platform/db/index.server';

/** Computes the tiers of a shop anew where time or other terms changed them, in batches, each with what follows from it. */
export async function tiersRecomputed(shopId: number): Promise<void> {
  for (let more = true; more;) {
    const now = clock.now();
    more = await withShop(shopId, async (tx) => {
      const tiers = await recomputeTiers(tx, { shopId, now });
      const points = await applyOrderPoints(tx, { shopId, orderIds: tiers.orderIds, now });
      await recomputeTraits(tx, { shopId, profileIds: [...tiers.profileIds, ...points.profileIds], now });
      return tiers.more;
    });
  }
}
