import { oweDecisions } from '~/modules/consent/index.server';
import { mergeCustomers, recomputeTraits, recordTimeline } from '~/modules/customers/index.server';
import type { CustomerMergeFact } from '~/modules/customers/types';
import { doubtMergedTags } from '~/modules/loyalty/index.server';
import type { Tx } from '~/platform/db/index.server';
import { settlePeople } from './settle-people.server';

/** Two customers were merged in Shopify. Told before either is known, it is remembered and holds for what comes. */
export async function customersMerged(
  tx: Tx,
  input: { shopId: number; facts: CustomerMergeFact[]; now: Date; historic: boolean },
): Promise<void> {
  const { shopId, facts, now } = input;
  const { profileIds: survivors } = await mergeCustomers(tx, { shopId, facts, now });
  const settled = await settlePeople(tx, { shopId, now });
  await doubtMergedTags(tx, { shopId, merges: facts, now });
  const events = facts.flatMap(({ keptId, deletedId, occurredAt }, index) => {
    const profileId = survivors[index];
    if (profileId == null) return [];
    const data = { keptId: keptId.toString(), deletedId: deletedId.toString() };
    return [{ profileId, kind: 'profiles_merged' as const, key: deletedId.toString(), occurredAt, data }];
  });
  await recordTimeline(tx, { shopId, events });
  const profileIds = [...settled.profileIds, ...survivors.filter((id) => id !== null)];
  await oweDecisions(tx, { shopId, profileIds });
  await recomputeTraits(tx, { shopId, profileIds, now });
}
