import type { RewardTerms } from './reward';

/** Terms as the columns of `rewards`. */
export function toRewardRow({ slider, variantId, ...terms }: RewardTerms) {
  return {
    ...terms,
    variantId: variantId === null ? null : BigInt(variantId),
    sliderPerUnit: slider?.perUnit ?? null,
    sliderMost: slider?.most ?? null,
    sliderStep: slider?.step ?? null,
  };
}
