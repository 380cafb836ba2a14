import { applyCustomerFacts, recomputeTraits } from '~/modules/customers/index.server';
import type { CustomerFact } from '~/modules/customers/types';
import { applyAccountEarnings } from '~/modules/loyalty/index.server';
import type { Tx } from '~/platform/db/index.server';
import { settlePeople } from './settle-people.server';

/** Customers were created, edited or deleted in Shopify; a guest may turn out to be one of them. */
export async function customersChanged(
  tx: Tx,
  input: { shopId: number; facts: CustomerFact[]; now: Date; historic: boolean },
): Promise<void> {
  const { shopId, facts, now } = input;
  const { profileIds } = await applyCustomerFacts(tx, { shopId, facts, now });
  const settled = await settlePeople(tx, { shopId, now });
  await applyAccountEarnings(tx, { shopId, profileIds: [...profileIds, ...settled.profileIds], now });
  await recomputeTraits(tx, { shopId, profileIds: [...profileIds, ...settled.profileIds], now });
}
