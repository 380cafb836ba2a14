import { checkDiscount, computeCheckoutTotals, isEntitled } from '../state/checkout-totals';
import { splitCents } from '../state/money';
import type { RedeemCode } from '../state/discount-codes';
import type { Checkout, Customer, Order, OrderLine, Shop } from '../state/model';
import { StoreError, type Happening, type Store } from '../store';
import { findVariant } from '../webhooks/payloads/common';
import { announce, getOpenCheckout } from './checkouts';
import { addCustomer, setConsent, touchCustomer } from './customers';
import { findCustomerByEmail, getCustomer } from './find';
import { emitOrder } from './orders';

export interface OrderOrigin {
  readonly landingSite?: string | null | undefined;
  readonly referringSite?: string | null | undefined;
}

/** "Pay now": the checkout becomes a paid order, and the buyer a customer. */
export function payCheckout(store: Store, shop: Shop, token: string, origin: OrderOrigin = {}): Order {
  const checkout = getOpenCheckout(shop, token);
  if (checkout.email === null)
    throw new StoreError('The checkout needs a contact e-mail before it can be paid.');
  const happening = store.begin(shop);
  const customer = ensureBuyer(store, shop, checkout, checkout.email, happening);
  const order = placeOrder(store, shop, checkout, customer, happening, origin);
  checkout.completedAt = happening.at;
  checkout.orderId = order.id;
  announce(store, shop, checkout, happening, 'checkouts/update');
  emitOrder(store, shop, order, happening, 'orders/create');
  emitOrder(store, shop, order, happening, 'orders/paid');
  emitOrder(store, shop, order, happening, 'orders/updated');
  touchCustomer(shop, customer, happening);
  shop.carts = shop.carts.filter((cart) => cart.token !== checkout.cartToken);
  return order;
}

function ensureBuyer(
  store: Store,
  shop: Shop,
  checkout: Checkout,
  email: string,
  happening: Happening,
): Customer {
  const known =
    checkout.customerId === null ? findCustomerByEmail(shop, email) : getCustomer(shop, checkout.customerId);
  const customer =
    known ??
    addCustomer(store, shop, happening, {
      email,
      firstName: checkout.address?.firstName,
      lastName: checkout.address?.lastName,
      locale: checkout.locale,
      address: checkout.address,
    });
  customer.address ??= checkout.address;
  checkout.customerId = customer.id;
  if (checkout.acceptsMarketing && customer.consent.state !== 'subscribed') {
    setConsent(happening, customer, 'subscribed', 'single_opt_in', happening.at);
  }
  return customer;
}

function useDiscount(store: Store, shop: Shop, checkout: Checkout, email: string | null): RedeemCode | null {
  if (checkout.discountCode === null) return null;
  const checked = checkDiscount(shop, checkout, checkout.discountCode, store.clock.now());
  if (typeof checked === 'string') return null;
  checked.usedBy.push(email ?? '');
  return checked;
}

function placeOrder(
  store: Store,
  shop: Shop,
  checkout: Checkout,
  customer: Customer,
  happening: Happening,
  origin: OrderOrigin,
): Order {
  const totals = computeCheckoutTotals(shop, checkout, store.clock.now());
  const redeemed = useDiscount(store, shop, checkout, customer.email);
  const discount = redeemed?.discount ?? null;
  const sold = checkout.lines.flatMap((line) => {
    const found = findVariant(shop, line.variantId);
    return found === null ? [] : [{ ...found, quantity: line.quantity }];
  });
  const shares = splitCents(
    totals.discount,
    sold.map(({ variant, quantity }) =>
      discount === null || isEntitled(discount, variant.id) ? variant.price * quantity : 0,
    ),
  );
  const lines = sold.map(({ product, variant, quantity }, index): OrderLine => {
    variant.inventoryQuantity -= quantity;
    return {
      id: store.takeId('LineItem'),
      productId: product.id,
      variantId: variant.id,
      title: product.title,
      variantTitle: variant.title,
      sku: variant.sku,
      vendor: product.vendor,
      price: variant.price,
      quantity,
      currentQuantity: quantity,
      fulfilledQuantity: 0,
      discount: shares[index] ?? 0,
    };
  });
  const order: Order = {
    id: store.takeId('Order'),
    number: shop.nextOrderNumber,
    cartToken: checkout.cartToken,
    checkoutToken: checkout.token,
    email: checkout.email,
    customerId: customer.id,
    locale: checkout.locale,
    acceptsMarketing: checkout.acceptsMarketing,
    lines,
    shipping: totals.shipping,
    discount:
      redeemed === null
        ? null
        : {
            code: redeemed.code,
            kind: redeemed.discount.kind,
            value: redeemed.discount.value,
            amount: totals.discount + totals.shippingDiscount,
          },
    address: checkout.address ?? customer.address,
    attributes: checkout.attributes,
    tags: [],
    note: null,
    landingSite: origin.landingSite ?? '/',
    referringSite: origin.referringSite ?? null,
    paid: totals.total,
    saleTransactionId: store.takeId('OrderTransaction'),
    refunds: [],
    fulfillments: [],
    edited: false,
    cancelReason: null,
    cancelledAt: null,
    closedAt: null,
    createdAt: happening.at,
    processedAt: happening.at,
    updatedAt: happening.at,
  };
  shop.nextOrderNumber += 1;
  shop.orders.push(order);
  return order;
}
