import type { Reward as RewardRow } from '~/generated/prisma/client';
import { rewardTermsSchema, type Reward } from './reward';

/** The row as the rules of this module see it. */
export function readReward(row: RewardRow): Reward {
  const terms = rewardTermsSchema.parse({
    ...row,
    value: row.value?.toString() ?? null,
    minimumSubtotal: row.minimumSubtotal?.toString() ?? null,
  });
  return { ...terms, id: row.id, enabled: row.enabled };
}
