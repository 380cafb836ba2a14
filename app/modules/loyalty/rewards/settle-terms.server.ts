import { findVariantPrice } from '~/modules/orders/index.server';
import { getShop } from '~/modules/shops/index.server';
import type { Tx } from '~/platform/db/index.server';
import { AppError } from '~/platform/errors';
import { decimal, decimalsOf } from '~/platform/money';
import { rewardTermsSchema, type Reward, type RewardTerms } from './reward';
import { canSpend, computeSliderValue } from './slider';

const dayMs = 24 * 60 * 60 * 1_000;

/**
 * The terms of one redemption: with the points that were chosen (the least when not told), and what they are worth today.
 * Throws `invalid` when nobody can choose that many, or the product is not sold.
 */
export async function settleTerms(
  tx: Tx,
  { shopId, reward, points: chosen }: { shopId: number; reward: Reward; points: number | undefined },
): Promise<RewardTerms> {
  const terms = rewardTermsSchema.parse(reward);
  const points = chosen ?? terms.points;
  if (!canSpend(terms, points))
    throw invalid('no such step', 'points_not_offered', 'Choose a number of points this reward offers.');
  if (terms.slider !== null) {
    const { currency } = await getShop(tx, { shopId });
    const value = computeSliderValue(terms.slider.perUnit, points, decimalsOf(currency));
    if (decimal(value).isZero())
      throw invalid('worth nothing', 'points_not_offered', 'So few points are worth nothing. Choose more.');
    return { ...terms, points, slider: null, value };
  }
  if (terms.variantId === null) return terms;
  const price = await findVariantPrice(tx, { shopId, variantId: BigInt(terms.variantId) });
  if (price === null || decimal(price).isZero())
    throw invalid('the product is gone', 'not_offered', 'The product of this reward is not sold any more.');
  return { ...terms, value: price };
}

/** When what is chosen now ends; null: never. */
export function endOf({ validityDays }: RewardTerms, now: Date): Date | null {
  return validityDays === null ? null : new Date(now.getTime() + validityDays * dayMs);
}

function invalid(message: string, reason: string, userMessage: string): AppError {
  return new AppError('invalid', { message: `redeem: ${message}`, reason, userMessage });
}
