import { checkDiscount } from '../state/checkout-totals';
import type { Address, Checkout, Shop } from '../state/model';
import { recoveryUrl } from '../links';
import { StoreError, type Happening, type Store } from '../store';
import { checkoutPayload } from '../webhooks/payloads/checkout';
import { newToken } from './carts';
import { findCustomerByEmail, getCart, getCheckout, getCustomer } from './find';

export interface CheckoutStart {
  readonly cartToken: string;
  readonly email?: string | null | undefined;
  readonly customerId?: bigint | null | undefined;
  readonly acceptsMarketing?: boolean | undefined;
  readonly locale?: string | undefined;
  readonly discountCode?: string | null | undefined;
}

export interface CheckoutChange {
  readonly email?: string | null | undefined;
  readonly acceptsMarketing?: boolean | undefined;
  readonly address?: Address | null | undefined;
  readonly locale?: string | undefined;
}

export function startCheckout(store: Store, shop: Shop, input: CheckoutStart): Checkout {
  const cart = getCart(shop, input.cartToken);
  if (cart.lines.length === 0) throw new StoreError('The cart is empty, so there is nothing to check out.');
  const happening = store.begin(shop);
  const loggedInAs = input.customerId == null ? null : getCustomer(shop, input.customerId);
  const email = input.email ?? loggedInAs?.email ?? null;
  const checkout: Checkout = {
    token: newToken(),
    cartToken: cart.token,
    email,
    customerId: loggedInAs?.id ?? (email === null ? null : (findCustomerByEmail(shop, email)?.id ?? null)),
    loggedIn: loggedInAs !== null,
    acceptsMarketing: input.acceptsMarketing ?? loggedInAs?.consent.state === 'subscribed',
    locale: input.locale ?? loggedInAs?.locale ?? shop.locale,
    address: loggedInAs?.address ?? null,
    lines: cart.lines.map((line) => ({ ...line })),
    discountCode: null,
    attributes: cart.attributes.map((attribute) => ({ ...attribute })),
    orderId: null,
    createdAt: happening.at,
    updatedAt: happening.at,
    completedAt: null,
  };
  shop.checkouts.push(checkout);
  if (input.discountCode != null) applyCode(store, shop, checkout, input.discountCode);
  announce(store, shop, checkout, happening, 'checkouts/create');
  return checkout;
}

export function updateCheckout(store: Store, shop: Shop, token: string, change: CheckoutChange): Checkout {
  const checkout = getOpenCheckout(shop, token);
  const happening = store.begin(shop);
  if (change.email !== undefined) {
    checkout.email = change.email;
    if (!checkout.loggedIn)
      checkout.customerId =
        change.email === null ? null : (findCustomerByEmail(shop, change.email)?.id ?? null);
  }
  if (change.acceptsMarketing !== undefined) checkout.acceptsMarketing = change.acceptsMarketing;
  if (change.address !== undefined) checkout.address = change.address;
  if (change.locale !== undefined) checkout.locale = change.locale;
  announce(store, shop, checkout, happening, 'checkouts/update');
  return checkout;
}

export function setDiscountCode(store: Store, shop: Shop, token: string, code: string | null): Checkout {
  const checkout = getOpenCheckout(shop, token);
  const happening = store.begin(shop);
  if (code === null) checkout.discountCode = null;
  else applyCode(store, shop, checkout, code);
  announce(store, shop, checkout, happening, 'checkouts/update');
  return checkout;
}

export function deleteCheckout(store: Store, shop: Shop, token: string): void {
  const checkout = getOpenCheckout(shop, token);
  shop.checkouts = shop.checkouts.filter((candidate) => candidate !== checkout);
  store.begin(shop).emit('checkouts/delete', { token: checkout.token, presentment_currency: shop.currency });
}

/** Brings an abandoned checkout's lines back into a cart of the same token. */
export function recoverCheckout(store: Store, shop: Shop, token: string): Checkout {
  const checkout = getCheckout(shop, token);
  const cart = shop.carts.find((candidate) => candidate.token === checkout.cartToken);
  if (cart !== undefined && checkout.completedAt === null)
    cart.lines = checkout.lines.map((line) => ({ ...line }));
  store.touch();
  return checkout;
}

export function getOpenCheckout(shop: Shop, token: string): Checkout {
  const checkout = getCheckout(shop, token);
  if (checkout.completedAt !== null) throw new StoreError('This checkout has been completed.', 409);
  return checkout;
}

export function announce(
  store: Store,
  shop: Shop,
  checkout: Checkout,
  happening: Happening,
  topic: 'checkouts/create' | 'checkouts/update',
): void {
  checkout.updatedAt = happening.at;
  happening.emit(
    topic,
    checkoutPayload(shop, checkout, recoveryUrl(store, shop, checkout), store.clock.now()),
  );
}

function applyCode(store: Store, shop: Shop, checkout: Checkout, code: string): void {
  const checked = checkDiscount(shop, checkout, code, store.clock.now());
  if (typeof checked === 'string') throw new StoreError(checked);
  checkout.discountCode = checked.code;
}
