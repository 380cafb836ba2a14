import type { Tx } from '~/platform/db/index.server';
import { tell } from './tell.server';
import type { PersonRef } from './types';

/**
 * Whose the facts are: one answer per person, in their order; null for nobody, and for people who were erased (their late
 * facts must be stored without personal data). Unknown people become guest profiles; a guest who turns out to be a
 * Shopify customer becomes one with them. Idempotent, indifferent to order. Follow with processes/settle-people.
 */
export async function resolveProfiles(
  tx: Tx,
  input: { shopId: number; people: (PersonRef | null)[]; now: Date },
): Promise<(bigint | null)[]> {
  const nobody: PersonRef = { shopifyCustomerId: null, email: null, phone: null, seenAt: input.now };
  const tellings = input.people.map((person) => ({ kind: 'person' as const, person: person ?? nobody }));
  const { profileIds } = await tell(tx, { shopId: input.shopId, tellings });
  return profileIds;
}
