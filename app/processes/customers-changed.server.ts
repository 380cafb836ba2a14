import { oweDecisions } from '~/modules/consent/index.server';
import { applyCustomerFacts, recomputeTraits } from '~/modules/customers/index.server';
import type { CustomerFact } from '~/modules/customers/types';
import { applyAccountEarnings, recordNewCustomers } from '~/modules/loyalty/index.server';
import type { Tx } from '~/platform/db/index.server';
import { rewardsReached } from './rewards-reached.server';
import { settlePeople } from './settle-people.server';

/** Customers were created, edited or deleted in Shopify; a guest may turn out to be one of them. */
export async function customersChanged(
  tx: Tx,
  input: { shopId: number; facts: CustomerFact[]; now: Date; historic: boolean },
): Promise<void> {
  const { shopId, facts, now, historic } = input;
  const { profileIds } = await applyCustomerFacts(tx, { shopId, facts, now });
  const settled = await settlePeople(tx, { shopId, now });
  const touched = { shopId, profileIds: [...profileIds, ...settled.profileIds], now };
  await oweDecisions(tx, touched); // what a guest decided, now that they are somebody to Shopify
  await applyAccountEarnings(tx, touched);
  await recordNewCustomers(tx, touched);
  if (!historic) await rewardsReached(tx, touched);
  await recomputeTraits(tx, touched);
}
