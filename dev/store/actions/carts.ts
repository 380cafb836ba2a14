import { randomBytes } from 'node:crypto';
import type { Attribute, Cart, Shop } from '../state/model';
import { StoreError, type Store } from '../store';
import { cartPayload } from '../webhooks/payloads/cart';
import { findVariant } from '../webhooks/payloads/common';
import { getCart } from './find';

export function newToken(): string {
  return randomBytes(16).toString('hex');
}

/** Emits nothing yet: Shopify tells about a cart once something lies in it. */
export function createCart(store: Store, shop: Shop): Cart {
  const now = store.clock.iso();
  const cart: Cart = { token: newToken(), lines: [], attributes: [], createdAt: now, updatedAt: now };
  shop.carts.push(cart);
  store.touch();
  return cart;
}

export function addCartLine(
  store: Store,
  shop: Shop,
  token: string,
  variantId: bigint,
  quantity: number,
): Cart {
  const cart = getCart(shop, token);
  if (findVariant(shop, variantId) === null)
    throw new StoreError(`${shop.domain} has no variant ${variantId}.`, 404);
  const isFirst = cart.lines.length === 0;
  const line = cart.lines.find((candidate) => candidate.variantId === variantId);
  if (line === undefined) cart.lines.push({ variantId, quantity });
  else line.quantity += quantity;
  announceCart(store, shop, cart, isFirst ? 'carts/create' : 'carts/update');
  return cart;
}

export function setCartQuantity(
  store: Store,
  shop: Shop,
  token: string,
  variantId: bigint,
  quantity: number,
): Cart {
  const cart = getCart(shop, token);
  cart.lines =
    quantity <= 0
      ? cart.lines.filter((line) => line.variantId !== variantId)
      : cart.lines.map((line) => (line.variantId === variantId ? { ...line, quantity } : line));
  announceCart(store, shop, cart, 'carts/update');
  return cart;
}

export function setCartAttributes(
  store: Store,
  shop: Shop,
  token: string,
  attributes: readonly Attribute[],
): Cart {
  const cart = getCart(shop, token);
  const others = cart.attributes.filter(({ name }) => !attributes.some((changed) => changed.name === name));
  cart.attributes = [...others, ...attributes];
  announceCart(store, shop, cart, 'carts/update');
  return cart;
}

function announceCart(store: Store, shop: Shop, cart: Cart, topic: 'carts/create' | 'carts/update'): void {
  const happening = store.begin(shop);
  cart.updatedAt = happening.at;
  happening.emit(topic, cartPayload(shop, cart));
}
