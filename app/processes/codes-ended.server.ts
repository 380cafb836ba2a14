import { applyEndedCodes, listEndedCodes } from '~/modules/loyalty/index.server';
import type { RewardCodes } from '~/modules/loyalty/types';
import { withShop } from '~/platform/db/index.server';
import { rewardsGivenBack } from './rewards-given-back.server';

interface CodesEnded {
  shopId: number;
  redemptionIds: bigint[];
  codes: RewardCodes;
  now: Date;
}

/**
 * The validity of codes is over: Shopify is asked once for all of them whether they were used, and the points of those that were
 * not go back. Safe to repeat and to run at once. Throws `unavailable` when Shopify doesn't answer. Returns which
 * redemptions it was about.
 */
export async function codesEnded({
  shopId,
  redemptionIds,
  codes,
  now,
}: CodesEnded): Promise<{ redemptionIds: bigint[] }> {
  const ended = await withShop(shopId, (tx) => listEndedCodes(tx, { shopId, redemptionIds, now }));
  if (ended.length === 0) return { redemptionIds: [] };
  const told = await codes.inspect(ended.flatMap(({ discountId }) => discountId ?? []));
  const states = ended.map(({ redemptionId, discountId }) => {
    const state = discountId === null ? ('unused' as const) : (told.get(discountId) ?? ('running' as const));
    return [redemptionId, state] as const;
  });
  await withShop(shopId, async (tx) => {
    const back = await applyEndedCodes(tx, { shopId, codes: new Map(states), now });
    await rewardsGivenBack(tx, { shopId, back, now });
  });
  return { redemptionIds: ended.map(({ redemptionId }) => redemptionId) };
}
