import { recomputeTraits } from '~/modules/customers/index.server';
import { applyProductFacts } from '~/modules/orders/index.server';
import type { ProductFact } from '~/modules/orders/types';
import type { Tx } from '~/platform/db/index.server';

/**
 * The catalogue changed. Costs that became known fill in the gross profit of what was sold before. Orders of affiliates that
 * waited to hear of their goods are found by the job of the holds (`applyToldGoods`).
 */
export async function productsChanged(
  tx: Tx,
  input: { shopId: number; facts: ProductFact[]; now: Date; historic: boolean },
): Promise<void> {
  const { shopId, facts, now } = input;
  const { profileIds } = await applyProductFacts(tx, { shopId, facts, now });
  await recomputeTraits(tx, { shopId, profileIds, now });
}
