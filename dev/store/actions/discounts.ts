import type { Shop } from '../state/model';
import { toGid } from '../state/ids';
import { StoreError, type Store } from '../store';

/** The merchant deletes a discount with all of its codes. */
export function deleteDiscount(store: Store, shop: Shop, id: bigint): void {
  const discount = shop.discounts.find((held) => held.id === id);
  if (discount === undefined) throw new StoreError(`There is no discount ${id.toString()}.`, 404);
  shop.discounts = shop.discounts.filter((held) => held !== discount);
  const happening = store.begin(shop);
  happening.emit('discounts/delete', {
    admin_graphql_api_id: toGid('DiscountCodeNode', id),
    deleted_at: happening.at,
  });
}
