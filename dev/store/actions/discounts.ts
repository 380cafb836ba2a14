import { statusOf } from '../state/discount-codes';
import type { Discount, Shop } from '../state/model';
import { toGid } from '../state/ids';
import { StoreError, type Store } from '../store';
import { discountPayload } from '../webhooks/payloads/discount';

/** The merchant deletes a discount with all of its codes. */
export function deleteDiscount(store: Store, shop: Shop, id: bigint): void {
  const discount = find(shop, id);
  shop.discounts = shop.discounts.filter((held) => held !== discount);
  const happening = store.begin(shop);
  happening.emit('discounts/delete', {
    admin_graphql_api_id: toGid('DiscountCodeNode', id),
    deleted_at: happening.at,
  });
}

/** The merchant gives a discount another end, or none. */
export function changeDiscountEnd(store: Store, shop: Shop, id: bigint, endsAt: Date | null): Discount {
  const discount = find(shop, id);
  if (endsAt !== null && endsAt <= new Date(discount.startsAt))
    throw new StoreError('A discount ends after it starts.');
  return save(store, shop, discount, { endsAt: endsAt?.toISOString() ?? null });
}

/** The merchant gives a discount another start. */
export function changeDiscountStart(store: Store, shop: Shop, id: bigint, startsAt: Date): Discount {
  const discount = find(shop, id);
  if (discount.endsAt !== null && new Date(discount.endsAt) <= startsAt)
    throw new StoreError('A discount ends after it starts.');
  return save(store, shop, discount, { startsAt: startsAt.toISOString() });
}

/** A discount ends now: the merchant's button, or `discountCodeDeactivate`. One that has ended stays as it is. */
export function deactivateDiscount(store: Store, shop: Shop, id: bigint): Discount {
  const discount = find(shop, id);
  const now = store.clock.iso();
  if (statusOf(discount, store.clock.now()) === 'EXPIRED') return discount;
  return save(store, shop, discount, { endsAt: now });
}

/** A discount works from now on, and one that had ended has no end any more. */
export function activateDiscount(store: Store, shop: Shop, id: bigint): Discount {
  const discount = find(shop, id);
  const status = statusOf(discount, store.clock.now());
  if (status === 'ACTIVE') return discount;
  const change = status === 'EXPIRED' ? { endsAt: null } : { startsAt: store.clock.iso() };
  return save(store, shop, discount, change);
}

function find(shop: Shop, id: bigint): Discount {
  const discount = shop.discounts.find((held) => held.id === id);
  if (discount === undefined) throw new StoreError(`There is no discount ${id.toString()}.`, 404);
  return discount;
}

function save(store: Store, shop: Shop, discount: Discount, change: Partial<Discount>): Discount {
  const happening = store.begin(shop);
  Object.assign(discount, change, { updatedAt: happening.at });
  happening.emit('discounts/update', discountPayload(discount, store.clock.now()));
  return discount;
}
