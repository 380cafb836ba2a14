import type { Tx } from '~/platform/db/index.server';
import { tell } from './tell.server';
import type { CustomerMergeFact } from './types';

/**
 * Follows customers that were merged in Shopify, also before either is known. `merges` are profiles that became one,
 * `profileIds` the survivors in the order of the facts (null when erased). Idempotent. Follow with processes/settle-people.
 */
export async function mergeCustomers(
  tx: Tx,
  input: { shopId: number; facts: CustomerMergeFact[]; now: Date },
): Promise<{ merges: { fromProfileId: bigint; intoProfileId: bigint }[]; profileIds: (bigint | null)[] }> {
  const tellings = input.facts.map((fact) => ({ kind: 'merge' as const, fact }));
  return tell(tx, { shopId: input.shopId, tellings });
}
