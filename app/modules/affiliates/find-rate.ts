import type { OrderGoods } from '~/modules/orders/types';
import type { Rate } from './types';

export type RatedProduct = Pick<OrderGoods['product'], 'id' | 'tags' | 'collectionIds'>;

/** Which of these rates a product earns by: the place of the first that fits, in the merchant's order; null for none. */
export function findRate(rates: Rate[], product: RatedProduct): number | null {
  const { id, tags, collectionIds } = product;
  const names = {
    products: id === null ? [] : [id.toString()],
    collections: (collectionIds ?? []).map(String),
    tags: tags.map((tag) => tag.toLowerCase()),
  };
  const found = rates.findIndex(({ on, targets }) => names[on].some((name) => targets.includes(name)));
  return found < 0 ? null : found;
}
