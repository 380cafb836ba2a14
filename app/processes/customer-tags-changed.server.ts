import { applyCustomerTags, recomputeTraits } from '~/modules/customers/index.server';
import type { CustomerTagsFact } from '~/modules/customers/types';
import type { Tx } from '~/platform/db/index.server';
import { settlePeople } from './settle-people.server';

/** Tags were added to customers or removed. */
export async function customerTagsChanged(
  tx: Tx,
  input: { shopId: number; facts: CustomerTagsFact[]; now: Date; historic: boolean },
): Promise<void> {
  const { shopId, facts, now } = input;
  const { profileIds } = await applyCustomerTags(tx, { shopId, facts, now });
  const settled = await settlePeople(tx, { shopId, now });
  await recomputeTraits(tx, { shopId, profileIds: [...profileIds, ...settled.profileIds], now });
}
