import type { Collection, Shop } from '../state/model';
import { StoreError, type Store } from '../store';
import { collectionPayload } from '../webhooks/payloads/collection';

export interface CollectionChange {
  readonly title?: string | undefined;
  readonly productIds?: readonly bigint[] | undefined;
}

export function updateCollection(
  store: Store,
  shop: Shop,
  id: bigint,
  { title, productIds }: CollectionChange,
): Collection {
  const collection = shop.collections.find((candidate) => candidate.id === id);
  if (collection === undefined) throw new StoreError(`${shop.domain} has no collection ${id}.`, 404);
  const happening = store.begin(shop);
  if (title !== undefined) collection.title = title;
  if (productIds !== undefined) collection.productIds = [...productIds];
  collection.updatedAt = happening.at;
  happening.emit('collections/update', collectionPayload(collection));
  return collection;
}
