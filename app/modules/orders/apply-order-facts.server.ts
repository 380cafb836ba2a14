import type { Tx } from '~/platform/db/index.server';
import { listOwners } from './list-owners.server';
import { orderChanges } from './order-changes.server';
import { recomputeOrderFigures } from './recompute-order-figures.server';
import { rememberSightings, storeLines, storeOrders, storeToldCosts } from './store-orders.server';
import { storeRefunds } from './store-refunds.server';
import type { OrderFact } from './types';

/**
 * Stores orders with their lines, discounts and refunds, and computes their figures anew. Idempotent; older facts never
 * overwrite newer ones. `profileIds` are the people the orders belong to now and those they belonged to before.
 */
export async function applyOrderFacts(
  tx: Tx,
  input: {
    shopId: number;
    facts: OrderFact[];
    /**
     * Parallel to `facts`: whose order it is, as customers.resolveProfiles told. Null for a fact that names somebody
     * means: erased, keep nothing personal. Left out, orders belong to nobody.
     */
    profileIds?: (bigint | null)[];
    /** Told by an import: orders placed before `installedAt` (all of them when it is left out) are marked historic. */
    historic: boolean;
    installedAt?: Date;
    now: Date;
  },
): Promise<{ orderIds: bigint[]; profileIds: bigint[] }> {
  const { shopId, facts, profileIds, historic, installedAt } = input;
  if (facts.length === 0) return { orderIds: [], profileIds: [] };
  const changes = orderChanges({ facts, profileIds, historic, installedAt });
  const orderIds = changes.map(({ fact }) => fact.id);
  const before = await listOwners(tx, { shopId, orderIds });
  const { created, changed } = await storeOrders(tx, { shopId, changes });
  if (created.size < changes.length) await rememberSightings(tx, { shopId, changes });
  if (created.size + changed.size > 0) {
    await storeLines(tx, {
      shopId,
      created: changes.filter(({ fact }) => created.has(fact.id)),
      changed: changes.filter(({ fact }) => changed.has(fact.id)),
    });
  }
  await storeToldCosts(tx, { shopId, changes });
  await storeRefunds(tx, { shopId, facts: facts.flatMap(({ refunds }) => refunds) });
  await recomputeOrderFigures(tx, { shopId, orderIds });
  const now = changes.flatMap(({ profileId }) => profileId ?? []);
  return { orderIds, profileIds: [...new Set([...before, ...now])] };
}
