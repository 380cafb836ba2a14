import type { Tx } from '~/platform/db/index.server';
import { tell } from './tell.server';
import type { CustomerFact } from './types';

/**
 * Stores what Shopify told about customers. Idempotent; older facts never overwrite newer ones, whatever comes first.
 * Facts about an id that was merged into another one change nothing but whose its addresses are.
 */
export async function applyCustomerFacts(
  tx: Tx,
  input: { shopId: number; facts: CustomerFact[]; now: Date },
): Promise<{ profileIds: bigint[] }> {
  const tellings = input.facts.map((fact) => ({ kind: 'customer' as const, fact }));
  const { profileIds } = await tell(tx, { shopId: input.shopId, tellings });
  return { profileIds: [...new Set(profileIds.filter((id) => id !== null))] };
}
