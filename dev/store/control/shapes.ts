/** What the control API answers: the webhook's shape, with what only the shop knows beside it. */
import { orderStatusUrl, productImageUrl, recoveryUrl } from '../links';
import { toGid } from '../state/ids';
import type { Cart, Checkout, Customer, Order, Product, Refund, Shop } from '../state/model';
import { formatCents } from '../state/money';
import type { Store } from '../store';
import { cartPayload } from '../webhooks/payloads/cart';
import { checkoutPayload } from '../webhooks/payloads/checkout';
import { customerPayload } from '../webhooks/payloads/customer';
import { orderPayload, refundPayload } from '../webhooks/payloads/order';
import { productPayload } from '../webhooks/payloads/product';

export function shopJson(shop: Shop) {
  const { id, domain, name, currency, ianaTimezone, installed, scopes } = shop;
  return { id, domain, name, currency, ianaTimezone, installed, scopes, tokens: shop.tokens.length };
}

export function customerJson(shop: Shop, customer: Customer) {
  return {
    ...customerPayload(shop, customer),
    tags: customer.tags,
    locale: customer.locale,
    consent: customer.consent,
    metafields: shop.metafields
      .filter(({ ownerGid }) => ownerGid === toGid('Customer', customer.id))
      .map(({ namespace, key, value }) => ({ namespace, key, value })),
  };
}

export function cartJson(shop: Shop, cart: Cart) {
  return { cartToken: cart.token, ...cartPayload(shop, cart) };
}

export function checkoutJson(store: Store, shop: Shop, checkout: Checkout) {
  const recovery = recoveryUrl(store, shop, checkout);
  const orderGid = checkout.orderId === null ? null : toGid('Order', checkout.orderId);
  return { ...checkoutPayload(shop, checkout, recovery, store.clock.now()), recoveryUrl: recovery, orderGid };
}

export function orderJson(store: Store, shop: Shop, order: Order) {
  return orderPayload(shop, order, orderStatusUrl(store, shop, order));
}

export function refundJson(shop: Shop, order: Order, refund: Refund) {
  return { ...refundPayload(shop, order, refund), amount: formatCents(refund.amount) };
}

export function productJson(store: Store, shop: Shop, product: Product) {
  const payload = productPayload(product, productImageUrl(store, shop, product));
  const unitCosts = product.variants.map(({ id, unitCost }) => ({
    variant_id: id,
    unit_cost: unitCost === null ? null : formatCents(unitCost),
  }));
  return { ...payload, unit_costs: unitCosts };
}
