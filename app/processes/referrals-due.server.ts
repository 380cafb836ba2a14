import { recomputeTraits } from '~/modules/customers/index.server';
import type { RewardCodes } from '~/modules/loyalty/types';
import { claimOfferWork, claimPoolWork, listDueReferrals } from '~/modules/referrals/index.server';
import { clock } from '~/platform/clock.server';
import { withShop } from '~/platform/db/index.server';
import { AppError, errorText } from '~/platform/errors';
import { log } from '~/platform/log.server';
import { finishOffer } from './finish-offer.server';
import { rewardCodesOf } from './reward-codes-of.server';
import { rewardsReached } from './rewards-reached.server';
import { settleReferrals } from './settle-referrals.server';
import { stockOffers } from './stock-offers.server';

const limit = 200;

/** What time does to the referrals of a shop: holds that are over lead to review, codes left half done are made, pools filled. */
export async function referralsDue(shopId: number, codes?: RewardCodes): Promise<void> {
  while ((await settleDue(shopId)) === limit);
  await finishOffers(shopId, codes);
  // One that takes over from another is filled at once as well.
  for (let round = 0; round < 2; round += 1) await stockPools(shopId, codes);
}

async function settleDue(shopId: number): Promise<number> {
  const now = clock.now();
  return withShop(shopId, async (tx) => {
    const referralIds = await listDueReferrals(tx, { shopId, now, limit });
    const { profileIds } = await settleReferrals(tx, { shopId, referralIds, now });
    await rewardsReached(tx, { shopId, profileIds, now });
    await recomputeTraits(tx, { shopId, profileIds, now });
    return referralIds.length;
  });
}

async function finishOffers(shopId: number, codes?: RewardCodes): Promise<void> {
  const now = clock.now();
  const ids = await withShop(shopId, (tx) => claimOfferWork(tx, { shopId, now }));
  await eachUnlessSilent(ids, { shopId, codes, what: 'a friend waits for a code' }, (referralId, place) =>
    finishOffer({ shopId, referralId, codes: place, now }),
  );
}

async function stockPools(shopId: number, codes?: RewardCodes): Promise<void> {
  const now = clock.now();
  const pools = await withShop(shopId, (tx) => claimPoolWork(tx, { shopId, now }));
  const ids = pools.map(({ id }) => id);
  await eachUnlessSilent(ids, { shopId, codes, what: 'a pool of codes waits' }, (poolId, place) =>
    stockOffers({ shopId, poolId, codes: place, now }),
  );
}

/** One by one; each that fails comes back after its pause. When Shopify is silent, it is silent for all of them. */
async function eachUnlessSilent(
  ids: bigint[],
  { shopId, codes, what }: { shopId: number; codes: RewardCodes | undefined; what: string },
  work: (id: bigint, place: RewardCodes) => Promise<unknown>,
): Promise<void> {
  if (ids.length === 0) return;
  const place = codes ?? (await rewardCodesOf(shopId));
  for (const id of ids) {
    try {
      await work(id, place);
    } catch (error) {
      log.warn({ shopId, id: String(id), error: errorText(error) }, what);
      if (error instanceof AppError && error.code === 'unavailable') return;
    }
  }
}
