import { Router } from 'express';
import { addCartLine, createCart, setCartAttributes, setCartQuantity } from '../actions/carts';
import { deleteCheckout, setDiscountCode, startCheckout, updateCheckout } from '../actions/checkouts';
import {
  addTags,
  changeConsent,
  createCustomer,
  deleteCustomer,
  mergeCustomers,
  redactCustomer,
  removeTags,
  requestCustomerData,
  updateCustomer,
} from '../actions/customers';
import { updateCollection } from '../actions/collections';
import {
  activateDiscount,
  changeDiscountEnd,
  changeDiscountStart,
  deactivateDiscount,
  deleteDiscount,
} from '../actions/discounts';
import { runFlowAction, switchFlowTrigger } from '../actions/flow';
import { getCart, getCheckout, getCustomer, getOrder } from '../actions/find';
import { changeScopes, installApp, redactShop, uninstallApp } from '../actions/install-app';
import {
  cancelOrder,
  deleteOrder,
  deliverOrder,
  editOrder,
  fulfilOrder,
  refundOrder,
  refundShare,
} from '../actions/orders';
import { payCheckout } from '../actions/pay-checkout';
import { createProduct, deleteProduct, updateProduct, updateShop } from '../actions/products';
import { readParam } from '../http/request';
import { expireAccessTokens } from '../oauth/access-tokens';
import type { Shop } from '../state/model';
import { StoreError, type Store } from '../store';
import * as input from './input';
import { bodyOf, idOf, shopRoutes, type ShopRoutes } from './route';
import { cartJson, checkoutJson, customerJson, orderJson, productJson, refundJson, shopJson } from './shapes';

function appRoutes(store: Store, shops: ShopRoutes): void {
  const act = (path: string, run: (shop: Shop) => void) =>
    shops.post(path, (shop) => {
      run(shop);
      return shopJson(shop);
    });
  act('/install', (shop) => installApp(store, shop));
  act('/uninstall', (shop) => uninstallApp(store, shop));
  act('/tokens/expire', (shop) => expireAccessTokens(shop));
  shops.get('', (shop) => shopJson(shop));
  shops.post('/scopes', (shop, request) => {
    changeScopes(store, shop, bodyOf(request, input.scopesInput).scopes);
    return shopJson(shop);
  });
  shops.post('/update', (shop, request) => {
    updateShop(store, shop, bodyOf(request, input.shopChangeInput));
    return shopJson(shop);
  });
  shops.post('/compliance/:topic', (shop, request) => {
    const topic = readParam(request, 'topic').replaceAll('/', '_').replaceAll('-', '_');
    const { customerId } = bodyOf(request, input.complianceInput);
    if (topic === 'shop_redact') redactShop(store, shop);
    else if (customerId === undefined) throw new StoreError(`Which customer? "customerId" is missing.`, 400);
    else if (topic === 'customers_redact') redactCustomer(store, shop, customerId);
    else if (topic === 'customers_data_request') requestCustomerData(store, shop, customerId);
    else
      throw new StoreError(
        `There is no compliance topic "${topic}": use shop_redact, customers_redact or customers_data_request.`,
        404,
      );
    return { sent: topic };
  });
}

function customerRoutes(store: Store, shops: ShopRoutes): void {
  shops.get('/customers', (shop) => shop.customers.map((customer) => customerJson(shop, customer)));
  shops.get('/consent', (shop) =>
    shop.customers.map(({ id, email, consent }) => ({ id, email, ...consent })),
  );
  shops.post('/customers', (shop, request) =>
    customerJson(shop, createCustomer(store, shop, bodyOf(request, input.newCustomerInput))),
  );
  shops.post('/customers/merge', (shop, request) => {
    const { keptId, deletedId } = bodyOf(request, input.mergeInput);
    return customerJson(shop, mergeCustomers(store, shop, keptId, deletedId));
  });
  shops.get('/customers/:id', (shop, request) => customerJson(shop, getCustomer(shop, idOf(request))));
  shops.post('/customers/:id', (shop, request) =>
    customerJson(
      shop,
      updateCustomer(store, shop, idOf(request), bodyOf(request, input.customerChangeInput)),
    ),
  );
  shops.delete('/customers/:id', (shop, request) => {
    deleteCustomer(store, shop, idOf(request));
    return { deleted: true };
  });
  shops.post('/customers/:id/consent', (shop, request) => {
    const { state, optInLevel, consentUpdatedAt } = bodyOf(request, input.consentInput);
    return customerJson(shop, changeConsent(store, shop, idOf(request), state, optInLevel, consentUpdatedAt));
  });
  shops.post('/customers/:id/tags', (shop, request) => {
    const { add, remove } = bodyOf(request, input.tagsInput);
    addTags(store, shop, idOf(request), add);
    return customerJson(shop, removeTags(store, shop, idOf(request), remove));
  });
}

function cartRoutes(store: Store, shops: ShopRoutes): void {
  shops.post('/carts', (shop, request) => {
    const { lines, attributes } = bodyOf(request, input.newCartInput);
    const cart = createCart(store, shop);
    cart.attributes = attributes;
    for (const { variantId, quantity } of lines) addCartLine(store, shop, cart.token, variantId, quantity);
    return cartJson(shop, cart);
  });
  shops.get('/carts/:token', (shop, request) => cartJson(shop, getCart(shop, readParam(request, 'token'))));
  shops.post('/carts/:token/lines', (shop, request) => {
    const { variantId, quantity } = bodyOf(request, input.lineInput);
    return cartJson(shop, addCartLine(store, shop, readParam(request, 'token'), variantId, quantity));
  });
  shops.post('/carts/:token/lines/:variantId', (shop, request) => {
    const { quantity } = bodyOf(request, input.lineQuantityInput);
    return cartJson(
      shop,
      setCartQuantity(store, shop, readParam(request, 'token'), idOf(request, 'variantId'), quantity),
    );
  });
  shops.post('/carts/:token/attributes', (shop, request) => {
    const { attributes } = bodyOf(request, input.newCartInput);
    return cartJson(shop, setCartAttributes(store, shop, readParam(request, 'token'), attributes));
  });
}

function checkoutRoutes(store: Store, shops: ShopRoutes): void {
  shops.get('/checkouts', (shop) => shop.checkouts.map((checkout) => checkoutJson(store, shop, checkout)));
  shops.post('/checkouts', (shop, request) => {
    const { lines, attributes, cartToken, ...start } = bodyOf(request, input.newCheckoutInput);
    const token = cartToken ?? createCart(store, shop).token;
    for (const { variantId, quantity } of lines ?? []) addCartLine(store, shop, token, variantId, quantity);
    if (attributes !== undefined) setCartAttributes(store, shop, token, attributes);
    return checkoutJson(store, shop, startCheckout(store, shop, { ...start, cartToken: token }));
  });
  shops.get('/checkouts/:token', (shop, request) =>
    checkoutJson(store, shop, getCheckout(shop, readParam(request, 'token'))),
  );
  shops.post('/checkouts/:token', (shop, request) => {
    const token = readParam(request, 'token');
    const { discountCode, ...change } = bodyOf(request, input.checkoutChangeInput);
    if (discountCode !== undefined) setDiscountCode(store, shop, token, discountCode);
    return checkoutJson(store, shop, updateCheckout(store, shop, token, change));
  });
  shops.delete('/checkouts/:token', (shop, request) => {
    deleteCheckout(store, shop, readParam(request, 'token'));
    return { deleted: true };
  });
  shops.post('/checkouts/:token/pay', (shop, request) =>
    orderJson(
      store,
      shop,
      payCheckout(store, shop, readParam(request, 'token'), bodyOf(request, input.payInput)),
    ),
  );
}

function orderRoutes(store: Store, shops: ShopRoutes): void {
  shops.get('/orders', (shop) => shop.orders.map((order) => orderJson(store, shop, order)));
  shops.get('/orders/:id', (shop, request) => orderJson(store, shop, getOrder(shop, idOf(request))));
  shops.post('/orders/:id/refund', (shop, request) => {
    const { share, ...wanted } = bodyOf(request, input.refundInput);
    const refund =
      share === undefined
        ? refundOrder(store, shop, idOf(request), wanted)
        : refundShare(store, shop, idOf(request), share);
    return refundJson(shop, getOrder(shop, idOf(request)), refund);
  });
  shops.post('/orders/:id/cancel', (shop, request) => {
    const { reason, refund } = bodyOf(request, input.cancelInput);
    return orderJson(store, shop, cancelOrder(store, shop, idOf(request), reason, refund));
  });
  shops.post('/orders/:id/fulfil', (shop, request) =>
    orderJson(store, shop, fulfilOrder(store, shop, idOf(request))),
  );
  shops.post('/orders/:id/deliver', (shop, request) =>
    orderJson(store, shop, deliverOrder(store, shop, idOf(request))),
  );
  shops.post('/orders/:id/edit', (shop, request) =>
    orderJson(store, shop, editOrder(store, shop, idOf(request), bodyOf(request, input.editInput))),
  );
  shops.delete('/orders/:id', (shop, request) => {
    deleteOrder(store, shop, idOf(request));
    return { deleted: true };
  });
}

function productRoutes(store: Store, shops: ShopRoutes): void {
  shops.get('/products', (shop) => shop.products.map((product) => productJson(store, shop, product)));
  shops.post('/products', (shop, request) =>
    productJson(store, shop, createProduct(store, shop, bodyOf(request, input.newProductInput))),
  );
  shops.post('/products/:id', (shop, request) =>
    productJson(
      store,
      shop,
      updateProduct(store, shop, idOf(request), bodyOf(request, input.productChangeInput)),
    ),
  );
  shops.get('/collections', (shop) => shop.collections);
  shops.post('/collections/:id', (shop, request) =>
    updateCollection(store, shop, idOf(request), bodyOf(request, input.collectionChangeInput)),
  );
  shops.delete('/products/:id', (shop, request) => {
    deleteProduct(store, shop, idOf(request));
    return { deleted: true };
  });
}

function discountRoutes(store: Store, shops: ShopRoutes): void {
  shops.get('/discounts', (shop) => shop.discounts);
  shops.post('/discounts/:id', (shop, request) => {
    const change = bodyOf(request, input.discountChangeInput);
    if ('endsAt' in change) return changeDiscountEnd(store, shop, idOf(request), change.endsAt);
    if ('startsAt' in change) return changeDiscountStart(store, shop, idOf(request), change.startsAt);
    const turn = change.active ? activateDiscount : deactivateDiscount;
    return turn(store, shop, idOf(request));
  });
  shops.delete('/discounts/:id', (shop, request) => {
    deleteDiscount(store, shop, idOf(request));
    return { deleted: true };
  });
}

/** What a merchant's workflows in Shopify Flow do with the app. */
function flowRoutes(store: Store, shops: ShopRoutes): void {
  shops.get('/flow/triggers', (shop) => shop.flowTriggers);
  shops.post('/flow/usage', (shop, request) => {
    const { handle, on } = bodyOf(request, input.flowUsageInput);
    return switchFlowTrigger(store, shop, handle, on);
  });
  shops.post('/flow/actions', (shop, request) =>
    runFlowAction(store, shop, bodyOf(request, input.flowActionInput)),
  );
}

/** What a merchant or shopper can do, as JSON: for the demo script and for tests. */
export function shopControlRoutes(store: Store): Router {
  const router = Router();
  const shops = shopRoutes(store, router);
  customerRoutes(store, shops);
  cartRoutes(store, shops);
  checkoutRoutes(store, shops);
  orderRoutes(store, shops);
  productRoutes(store, shops);
  discountRoutes(store, shops);
  flowRoutes(store, shops);
  appRoutes(store, shops);
  return router;
}
