import type { Tx } from '~/platform/db/index.server';
import { listChoices } from './list-choices.server';
import type { Choice, ChoiceKind } from './types';

/** The titles of the products and collections that a list of goods names; null names none. */
export async function listChosenGoods(
  tx: Tx,
  { shopId, list }: { shopId: number; list: { productIds: string[]; collectionIds: string[] } | null },
): Promise<Record<ChoiceKind, Choice[]>> {
  const of = (ids: string[] = []) => ({ shopId, ids: ids.map(BigInt), limit: 0 });
  return {
    products: await listChoices(tx, { ...of(list?.productIds), kind: 'products' }),
    collections: await listChoices(tx, { ...of(list?.collectionIds), kind: 'collections' }),
  };
}
