import { applyDeletedCodes } from '~/modules/loyalty/index.server';
import type { DiscountFact } from '~/modules/loyalty/types';
import { applyDeletedOffers } from '~/modules/referrals/index.server';
import type { Tx } from '~/platform/db/index.server';
import { rewardsGivenBack } from './rewards-given-back.server';

/**
 * The merchant, or another app, deleted discounts in Shopify. Of those that were ours: shoppers get the points of unused
 * rewards back, and friends another code. Comes after the orders that may have used them. Idempotent.
 */
export async function discountsDeleted(
  tx: Tx,
  input: { shopId: number; facts: DiscountFact[]; now: Date },
): Promise<void> {
  const { shopId, facts, now } = input;
  const discountIds = facts.map(({ discountId }) => discountId);
  const back = await applyDeletedCodes(tx, { shopId, discountIds, now });
  if (back.length > 0) await rewardsGivenBack(tx, { shopId, back, now, deleted: true });
  await applyDeletedOffers(tx, { shopId, discountIds, now });
}
