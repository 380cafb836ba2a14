import type { Reward as RewardRow } from '~/generated/prisma/client';
import { rewardTermsSchema, type Reward } from './reward';

/** The row as the rules of this module see it. */
export function readReward(row: RewardRow): Reward {
  const terms = rewardTermsSchema.parse({
    ...row,
    value: row.value?.toString() ?? null,
    minimumSubtotal: row.minimumSubtotal?.toString() ?? null,
    variantId: row.variantId?.toString() ?? null,
    slider:
      row.sliderPerUnit === null
        ? null
        : { perUnit: row.sliderPerUnit, most: row.sliderMost, step: row.sliderStep },
  });
  return { ...terms, id: row.id, enabled: row.enabled };
}
