import { recordChangedCodes } from '~/modules/loyalty/index.server';
import type { DiscountFact } from '~/modules/loyalty/types';
import { recordChangedOffers } from '~/modules/referrals/index.server';
import type { Tx } from '~/platform/db/index.server';

/**
 * The merchant, another app or this one changed discounts in Shopify. The news does not tell what holds now, so that those
 * that are ours are noted, and the jobs that finish codes ask Shopify. Idempotent.
 */
export async function discountsChanged(
  tx: Tx,
  input: { shopId: number; facts: DiscountFact[]; now: Date },
): Promise<void> {
  const { shopId, facts, now } = input;
  const discountIds = [...new Set(facts.map(({ discountId }) => discountId))];
  await recordChangedCodes(tx, { shopId, discountIds, now });
  await recordChangedOffers(tx, { shopId, discountIds, now });
}
