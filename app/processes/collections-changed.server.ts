import { applyCollectionFacts } from '~/modules/orders/index.server';
import type { CollectionFact } from '~/modules/orders/types';
import { requestProductImport } from '~/modules/shops/index.server';
import type { Tx } from '~/platform/db/index.server';

/**
 * Collections were made, renamed, deleted, or products went in or out. Shopify does not say which products, so all are
 * imported anew, once an hour at most; what changes within that hour is known after the next night's import.
 */
export async function collectionsChanged(
  tx: Tx,
  input: { shopId: number; facts: CollectionFact[]; now: Date; historic: boolean },
): Promise<void> {
  const { shopId, facts, now } = input;
  await applyCollectionFacts(tx, { shopId, facts, now });
  if (facts.some(({ deleted }) => !deleted)) await requestProductImport(tx, { shopId, now });
}
