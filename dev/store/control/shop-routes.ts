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
import { StoreError, type Store } from '../store';
import * as input from './input';
import { bodyOf, idOf, jsonRoute, shopOf } from './route';
import { cartJson, checkoutJson, customerJson, orderJson, productJson, refundJson, shopJson } from './shapes';

function appRoutes(store: Store, router: Router): void {
  const shopRoute = (path: string, act: (shop: ReturnType<typeof shopOf>) => void) =>
    router.post(
      path,
      jsonRoute(store, (request) => {
        const shop = shopOf(store, request);
        act(shop);
        return shopJson(shop);
      }),
    );
  shopRoute('/:shop/install', (shop) => installApp(store, shop));
  shopRoute('/:shop/uninstall', (shop) => uninstallApp(store, shop));
  shopRoute('/:shop/tokens/expire', (shop) => expireAccessTokens(shop));
  router.get(
    '/:shop',
    jsonRoute(store, (request) => shopJson(shopOf(store, request))),
  );
  router.post(
    '/:shop/scopes',
    jsonRoute(store, (request) => {
      const shop = shopOf(store, request);
      changeScopes(store, shop, bodyOf(request, input.scopesInput).scopes);
      return shopJson(shop);
    }),
  );
  router.post(
    '/:shop/update',
    jsonRoute(store, (request) => {
      const shop = shopOf(store, request);
      updateShop(store, shop, bodyOf(request, input.shopChangeInput));
      return shopJson(shop);
    }),
  );
  router.post(
    '/:shop/compliance/:topic',
    jsonRoute(store, (request) => {
      const shop = shopOf(store, request);
      const topic = readParam(request, 'topic').replaceAll('/', '_').replaceAll('-', '_');
      const { customerId } = bodyOf(request, input.complianceInput);
      if (topic === 'shop_redact') redactShop(store, shop);
      else if (customerId === undefined)
        throw new StoreError(`Which customer? "customerId" is missing.`, 400);
      else if (topic === 'customers_redact') redactCustomer(store, shop, customerId);
      else if (topic === 'customers_data_request') requestCustomerData(store, shop, customerId);
      else
        throw new StoreError(
          `There is no compliance topic "${topic}": use shop_redact, customers_redact or customers_data_request.`,
          404,
        );
      return { sent: topic };
    }),
  );
}

function customerRoutes(store: Store, router: Router): void {
  router.get(
    '/:shop/customers',
    jsonRoute(store, (request) => {
      const shop = shopOf(store, request);
      return shop.customers.map((customer) => customerJson(shop, customer));
    }),
  );
  router.get(
    '/:shop/consent',
    jsonRoute(store, (request) =>
      shopOf(store, request).customers.map(({ id, email, consent }) => ({ id, email, ...consent })),
    ),
  );
  router.post(
    '/:shop/customers',
    jsonRoute(store, (request) => {
      const shop = shopOf(store, request);
      return customerJson(shop, createCustomer(store, shop, bodyOf(request, input.newCustomerInput)));
    }),
  );
  router.post(
    '/:shop/customers/merge',
    jsonRoute(store, (request) => {
      const shop = shopOf(store, request);
      const { keptId, deletedId } = bodyOf(request, input.mergeInput);
      return customerJson(shop, mergeCustomers(store, shop, keptId, deletedId));
    }),
  );
  router.get(
    '/:shop/customers/:id',
    jsonRoute(store, (request) => {
      const shop = shopOf(store, request);
      return customerJson(shop, getCustomer(shop, idOf(request)));
    }),
  );
  router.post(
    '/:shop/customers/:id',
    jsonRoute(store, (request) => {
      const shop = shopOf(store, request);
      return customerJson(
        shop,
        updateCustomer(store, shop, idOf(request), bodyOf(request, input.customerChangeInput)),
      );
    }),
  );
  router.delete(
    '/:shop/customers/:id',
    jsonRoute(store, (request) => {
      deleteCustomer(store, shopOf(store, request), idOf(request));
      return { deleted: true };
    }),
  );
  router.post(
    '/:shop/customers/:id/consent',
    jsonRoute(store, (request) => {
      const shop = shopOf(store, request);
      const { state, optInLevel, consentUpdatedAt } = bodyOf(request, input.consentInput);
      return customerJson(
        shop,
        changeConsent(store, shop, idOf(request), state, optInLevel, consentUpdatedAt),
      );
    }),
  );
  router.post(
    '/:shop/customers/:id/tags',
    jsonRoute(store, (request) => {
      const shop = shopOf(store, request);
      const { add, remove } = bodyOf(request, input.tagsInput);
      addTags(store, shop, idOf(request), add);
      return customerJson(shop, removeTags(store, shop, idOf(request), remove));
    }),
  );
}

function cartRoutes(store: Store, router: Router): void {
  router.post(
    '/:shop/carts',
    jsonRoute(store, (request) => {
      const shop = shopOf(store, request);
      const { lines, attributes } = bodyOf(request, input.newCartInput);
      const cart = createCart(store, shop);
      cart.attributes = attributes;
      for (const { variantId, quantity } of lines) addCartLine(store, shop, cart.token, variantId, quantity);
      return cartJson(shop, cart);
    }),
  );
  router.get(
    '/:shop/carts/:token',
    jsonRoute(store, (request) => {
      const shop = shopOf(store, request);
      return cartJson(shop, getCart(shop, readParam(request, 'token')));
    }),
  );
  router.post(
    '/:shop/carts/:token/lines',
    jsonRoute(store, (request) => {
      const shop = shopOf(store, request);
      const { variantId, quantity } = bodyOf(request, input.lineInput);
      return cartJson(shop, addCartLine(store, shop, readParam(request, 'token'), variantId, quantity));
    }),
  );
  router.post(
    '/:shop/carts/:token/lines/:variantId',
    jsonRoute(store, (request) => {
      const shop = shopOf(store, request);
      const { quantity } = bodyOf(request, input.lineQuantityInput);
      return cartJson(
        shop,
        setCartQuantity(store, shop, readParam(request, 'token'), idOf(request, 'variantId'), quantity),
      );
    }),
  );
  router.post(
    '/:shop/carts/:token/attributes',
    jsonRoute(store, (request) => {
      const shop = shopOf(store, request);
      const { attributes } = bodyOf(request, input.newCartInput);
      return cartJson(shop, setCartAttributes(store, shop, readParam(request, 'token'), attributes));
    }),
  );
}

function checkoutRoutes(store: Store, router: Router): void {
  router.get(
    '/:shop/checkouts',
    jsonRoute(store, (request) => {
      const shop = shopOf(store, request);
      return shop.checkouts.map((checkout) => checkoutJson(store, shop, checkout));
    }),
  );
  router.post(
    '/:shop/checkouts',
    jsonRoute(store, (request) => {
      const shop = shopOf(store, request);
      const { lines, attributes, cartToken, ...start } = bodyOf(request, input.newCheckoutInput);
      const token = cartToken ?? createCart(store, shop).token;
      for (const { variantId, quantity } of lines ?? []) addCartLine(store, shop, token, variantId, quantity);
      if (attributes !== undefined) setCartAttributes(store, shop, token, attributes);
      return checkoutJson(store, shop, startCheckout(store, shop, { ...start, cartToken: token }));
    }),
  );
  router.get(
    '/:shop/checkouts/:token',
    jsonRoute(store, (request) => {
      const shop = shopOf(store, request);
      return checkoutJson(store, shop, getCheckout(shop, readParam(request, 'token')));
    }),
  );
  router.post(
    '/:shop/checkouts/:token',
    jsonRoute(store, (request) => {
      const shop = shopOf(store, request);
      const token = readParam(request, 'token');
      const { discountCode, ...change } = bodyOf(request, input.checkoutChangeInput);
      if (discountCode !== undefined) setDiscountCode(store, shop, token, discountCode);
      return checkoutJson(store, shop, updateCheckout(store, shop, token, change));
    }),
  );
  router.delete(
    '/:shop/checkouts/:token',
    jsonRoute(store, (request) => {
      deleteCheckout(store, shopOf(store, request), readParam(request, 'token'));
      return { deleted: true };
    }),
  );
  router.post(
    '/:shop/checkouts/:token/pay',
    jsonRoute(store, (request) => {
      const shop = shopOf(store, request);
      return orderJson(
        store,
        shop,
        payCheckout(store, shop, readParam(request, 'token'), bodyOf(request, input.payInput)),
      );
    }),
  );
}

function orderRoutes(store: Store, router: Router): void {
  router.get(
    '/:shop/orders',
    jsonRoute(store, (request) => {
      const shop = shopOf(store, request);
      return shop.orders.map((order) => orderJson(store, shop, order));
    }),
  );
  router.get(
    '/:shop/orders/:id',
    jsonRoute(store, (request) => {
      const shop = shopOf(store, request);
      return orderJson(store, shop, getOrder(shop, idOf(request)));
    }),
  );
  router.post(
    '/:shop/orders/:id/refund',
    jsonRoute(store, (request) => {
      const shop = shopOf(store, request);
      const { share, ...wanted } = bodyOf(request, input.refundInput);
      const refund =
        share === undefined
          ? refundOrder(store, shop, idOf(request), wanted)
          : refundShare(store, shop, idOf(request), share);
      return refundJson(shop, getOrder(shop, idOf(request)), refund);
    }),
  );
  router.post(
    '/:shop/orders/:id/cancel',
    jsonRoute(store, (request) => {
      const shop = shopOf(store, request);
      const { reason, refund } = bodyOf(request, input.cancelInput);
      return orderJson(store, shop, cancelOrder(store, shop, idOf(request), reason, refund));
    }),
  );
  router.post(
    '/:shop/orders/:id/fulfil',
    jsonRoute(store, (request) => {
      const shop = shopOf(store, request);
      return orderJson(store, shop, fulfilOrder(store, shop, idOf(request)));
    }),
  );
  router.post(
    '/:shop/orders/:id/deliver',
    jsonRoute(store, (request) => {
      const shop = shopOf(store, request);
      return orderJson(store, shop, deliverOrder(store, shop, idOf(request)));
    }),
  );
  router.post(
    '/:shop/orders/:id/edit',
    jsonRoute(store, (request) => {
      const shop = shopOf(store, request);
      return orderJson(store, shop, editOrder(store, shop, idOf(request), bodyOf(request, input.editInput)));
    }),
  );
  router.delete(
    '/:shop/orders/:id',
    jsonRoute(store, (request) => {
      deleteOrder(store, shopOf(store, request), idOf(request));
      return { deleted: true };
    }),
  );
}

function productRoutes(store: Store, router: Router): void {
  router.get(
    '/:shop/products',
    jsonRoute(store, (request) => {
      const shop = shopOf(store, request);
      return shop.products.map((product) => productJson(store, shop, product));
    }),
  );
  router.post(
    '/:shop/products',
    jsonRoute(store, (request) => {
      const shop = shopOf(store, request);
      return productJson(store, shop, createProduct(store, shop, bodyOf(request, input.newProductInput)));
    }),
  );
  router.post(
    '/:shop/products/:id',
    jsonRoute(store, (request) => {
      const shop = shopOf(store, request);
      return productJson(
        store,
        shop,
        updateProduct(store, shop, idOf(request), bodyOf(request, input.productChangeInput)),
      );
    }),
  );
  router.get(
    '/:shop/collections',
    jsonRoute(store, (request) => shopOf(store, request).collections),
  );
  router.post(
    '/:shop/collections/:id',
    jsonRoute(store, (request) => {
      const shop = shopOf(store, request);
      return updateCollection(store, shop, idOf(request), bodyOf(request, input.collectionChangeInput));
    }),
  );
  router.delete(
    '/:shop/products/:id',
    jsonRoute(store, (request) => {
      deleteProduct(store, shopOf(store, request), idOf(request));
      return { deleted: true };
    }),
  );
}

/** What a merchant or shopper can do, as JSON: for the demo script and for tests. */
export function shopControlRoutes(store: Store): Router {
  const router = Router();
  customerRoutes(store, router);
  cartRoutes(store, router);
  checkoutRoutes(store, router);
  orderRoutes(store, router);
  productRoutes(store, router);
  appRoutes(store, router);
  return router;
}
