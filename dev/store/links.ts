import type { Store } from './store';
import type { Checkout, Order, Product, Shop } from './state/model';

export function shopUrl(store: Store, shop: Shop): string {
  return `${store.url}/shop/${shop.domain}`;
}

export function recoveryUrl(store: Store, shop: Shop, checkout: Checkout): string {
  return `${shopUrl(store, shop)}/checkouts/${checkout.token}/recover?key=${checkout.token.slice(0, 8)}`;
}

export function orderStatusUrl(store: Store, shop: Shop, order: Order): string {
  return `${shopUrl(store, shop)}/orders/${order.id.toString()}`;
}

export function productImageUrl(store: Store, shop: Shop, product: Product): string {
  return `${store.url}/images/${product.art}.svg?shop=${shop.domain}`;
}
