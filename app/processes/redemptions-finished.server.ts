import { claimRedemptionWork } from '~/modules/loyalty/index.server';
import type { RewardCodes } from '~/modules/loyalty/types';
import { getShop } from '~/modules/shops/index.server';
import { clock } from '~/platform/clock.server';
import { withShop } from '~/platform/db/index.server';
import { AppError, errorText } from '~/platform/errors';
import { log } from '~/platform/log.server';
import { codesInspected } from './codes-inspected.server';
import { finishRedemption } from './finish-redemption.server';
import { rewardCodesOf } from './reward-codes-of.server';

type Work = Parameters<typeof finishRedemption>[0];

const limit = 50;

/**
 * Finishes the redemptions of a shop that a crash, or Shopify's silence, left half done, and looks at the codes that ended or
 * were changed in Shopify. A shop that left is told nothing.
 * `codes` is where its codes live, Shopify unless told otherwise.
 */
export async function redemptionsFinished(shopId: number, codes?: RewardCodes): Promise<void> {
  const shop = await withShop(shopId, (tx) => getShop(tx, { shopId }));
  if (shop.status !== 'active') return;
  const place = codes ?? (await rewardCodesOf(shopId));
  const now = clock.now();
  try {
    while ((await finishNext({ shopId, codes: place, now })) === limit);
  } catch (error) {
    // Shopify is silent for all of them; each comes back after its pause.
    if (!isSilence(error)) throw error;
    log.warn({ shopId, error: errorText(error) }, 'redemptions wait');
  }
}

/** Each that is claimed is put off, so that this comes to an end. Returns how many there were. */
async function finishNext({ shopId, codes, now }: Omit<Work, 'redemptionId'>): Promise<number> {
  const redemptionIds = await withShop(shopId, (tx) => claimRedemptionWork(tx, { shopId, now, limit }));
  const inspected = await codesInspected({ shopId, redemptionIds, codes, now });
  for (const redemptionId of redemptionIds) {
    if (!inspected.redemptionIds.includes(redemptionId))
      await finishOne({ shopId, redemptionId, codes, now });
  }
  return redemptionIds.length;
}

/** One that fails for a reason of its own does not keep the others waiting. */
async function finishOne(work: Work): Promise<void> {
  try {
    await finishRedemption(work);
  } catch (error) {
    if (isSilence(error)) throw error;
    const { shopId, redemptionId } = work;
    log.warn({ shopId, redemptionId: String(redemptionId), error: errorText(error) }, 'a redemption waits');
  }
}

function isSilence(error: unknown): boolean {
  return error instanceof AppError && error.code === 'unavailable';
}
