import type { Tx } from '~/platform/db/index.server';
import { tell } from './tell.server';
import type { CustomerTagsFact } from './types';

/** Adds and removes tags of customers. Idempotent; for each tag the newest change counts, whatever comes first. */
export async function applyCustomerTags(
  tx: Tx,
  input: { shopId: number; facts: CustomerTagsFact[]; now: Date },
): Promise<{ profileIds: bigint[] }> {
  const tellings = input.facts.map((fact) => ({ kind: 'tags' as const, fact }));
  const { profileIds } = await tell(tx, { shopId: input.shopId, tellings });
  return { profileIds: [...new Set(profileIds.filter((id) => id !== null))] };
}
