import { recomputeTraits } from '~/modules/customers/index.server';
import type { RewardCodes } from '~/modules/loyalty/types';
import { claimOfferWork, listDueReferrals } from '~/modules/referrals/index.server';
import { clock } from '~/platform/clock.server';
import { withShop } from '~/platform/db/index.server';
import { AppError, errorText } from '~/platform/errors';
import { log } from '~/platform/log.server';
import { finishOffer } from './finish-offer.server';
import { rewardCodesOf } from './reward-codes-of.server';
import { settleReferrals } from './settle-referrals.server';

const limit = 200;

/** What time does to the referrals of a shop: holds that are over lead to review, codes left half done are made. */
export async function referralsDue(shopId: number, codes?: RewardCodes): Promise<void> {
  while ((await settleDue(shopId)) === limit);
  await finishOffers(shopId, codes);
}

async function settleDue(shopId: number): Promise<number> {
  const now = clock.now();
  return withShop(shopId, async (tx) => {
    const referralIds = await listDueReferrals(tx, { shopId, now, limit });
    const { profileIds } = await settleReferrals(tx, { shopId, referralIds, now });
    await recomputeTraits(tx, { shopId, profileIds, now });
    return referralIds.length;
  });
}

async function finishOffers(shopId: number, codes?: RewardCodes): Promise<void> {
  const now = clock.now();
  const ids = await withShop(shopId, (tx) => claimOfferWork(tx, { shopId, now }));
  if (ids.length === 0) return;
  const place = codes ?? (await rewardCodesOf(shopId));
  for (const referralId of ids) {
    try {
      await finishOffer({ shopId, referralId, codes: place, now });
    } catch (error) {
      log.warn(
        { shopId, referralId: String(referralId), error: errorText(error) },
        'a friend waits for a code',
      );
      // Shopify is silent for all of them; each comes back after its pause.
      if (error instanceof AppError && error.code === 'unavailable') return;
    }
  }
}
