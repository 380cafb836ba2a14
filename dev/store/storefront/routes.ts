import { Router, type Request } from 'express';
import { z } from 'zod';
import { addCartLine, createCart, setCartQuantity } from '../actions/carts';
import {
  getOpenCheckout,
  recoverCheckout,
  setDiscountCode,
  startCheckout,
  updateCheckout,
} from '../actions/checkouts';
import { changeConsent } from '../actions/customers';
import { findCustomerByEmail, getCheckout, getOrder } from '../actions/find';
import { payCheckout } from '../actions/pay-checkout';
import { checkoutChangeInput, idInput } from '../control/input';
import { extensionTokenFor } from '../control/machine-routes';
import { bodyOf, idOf, shopRoutes, type ShopRoutes } from '../control/route';
import type { Html } from '../http/html';
import { readBody, readParam, readQuery } from '../http/request';
import { shopPages, type ShopPages } from '../http/shop-pages';
import { countPieces } from '../state/checkout-totals';
import type { Customer, Shop } from '../state/model';
import { StoreError, type Store } from '../store';
import { checkoutPage } from './checkout-page';
import { readCartToken, readVisitor, writeCartToken, writeVisitor } from './cookies';
import { extensionNames, findExtensionBundle, hasExtensionBundle } from './extension-bundle';
import { accountExtensionPage, extensionPage, orderExtensionPage } from './extension-page';
import { storeError, storeLayout } from './layout';
import {
  accountAppPage,
  accountPage,
  cartPage,
  gridPage,
  loginPage,
  loyaltyPage,
  orderPage,
  productPage,
} from './pages';
import { themeBlock } from './theme-block';

const addForm = z.object({ id: idInput, quantity: z.coerce.number().int().min(1).default(1) });
const contactForm = z.object({
  email: z.email(),
  acceptsMarketing: z.literal('1').optional(),
  firstName: z.string(),
  lastName: z.string(),
  address1: z.string(),
  zip: z.string(),
  city: z.string(),
});

interface Routes {
  pages: ShopPages;
  /** Those that answer with JSON. */
  shops: ShopRoutes;
}

function visitorLayout(request: Request, shop: Shop, title: string, content: Html): Html {
  const token = readCartToken(request, shop);
  const cart = shop.carts.find((candidate) => candidate.token === token);
  return storeLayout(
    shop,
    title,
    readVisitor(request, shop),
    cart === undefined ? 0 : countPieces(cart),
    content,
  );
}

/** Who looks, and in which language: the shop's, unless `?locale=` asks for another. */
function blockPlace(request: Request, shop: Shop): { locale: string; visitor: Customer | null } {
  return { locale: readQuery(request, 'locale') ?? shop.locale, visitor: readVisitor(request, shop) };
}

function visitorOf(request: Request, shop: Shop): Customer {
  const visitor = readVisitor(request, shop);
  if (visitor === null) throw new StoreError('Log in first.', 401);
  return visitor;
}

function browseRoutes(store: Store, { pages }: Routes): void {
  pages.get('', (shop, request) => visitorLayout(request, shop, 'Shop', gridPage(store, shop)));
  pages.get('/products/:handle', (shop, request) => {
    const product = shop.products.find(({ handle }) => handle === readParam(request, 'handle'));
    if (product === undefined) throw new StoreError('There is no such product.', 404);
    const points = themeBlock(store, shop, 'product-points', { ...blockPlace(request, shop), product });
    return visitorLayout(request, shop, product.title, productPage(store, shop, product, points));
  });
  pages.get('/pages/loyalty', (shop, request) => {
    if (!shop.installed) throw new StoreError('The app is not installed.', 404);
    const place = { ...blockPlace(request, shop), product: null };
    const programme = themeBlock(store, shop, 'loyalty-page', place);
    return visitorLayout(request, shop, 'Loyalty', loyaltyPage(shop, programme));
  });
  pages.get('/cart', (shop, request) => {
    const cart = shop.carts.find(({ token }) => token === readCartToken(request, shop)) ?? null;
    return visitorLayout(request, shop, 'Cart', cartPage(store, shop, cart));
  });
  pages.post('/cart/add', (shop, request, response) => {
    const { id, quantity } = addForm.parse(readBody(request));
    const token = readCartToken(request, shop) ?? createCart(store, shop).token;
    addCartLine(store, shop, token, id, quantity);
    writeCartToken(response, shop, token);
    return { goTo: `/shop/${shop.domain}/cart` };
  });
  pages.post('/cart/remove', (shop, request) => {
    const token = readCartToken(request, shop);
    if (token !== null)
      setCartQuantity(
        store,
        shop,
        token,
        z.object({ variantId: idInput }).parse(readBody(request)).variantId,
        0,
      );
    return { goTo: `/shop/${shop.domain}/cart` };
  });
  pages.get('/orders/:id', (shop, request) => {
    const order = getOrder(shop, idOf(request));
    return visitorLayout(
      request,
      shop,
      `Order #${order.number}`,
      orderPage(store, shop, order, {
        isNew: readQuery(request, 'thanks') === '1',
        hasExtension: hasExtensionBundle(store.options, 'loyalty-order'),
      }),
    );
  });
}

function accountRoutes(store: Store, { pages }: Routes): void {
  pages.get('/account', (shop, request) => {
    const visitor = readVisitor(request, shop);
    const content =
      visitor === null ? loginPage(shop, readQuery(request, 'problem')) : accountPage(store, shop, visitor);
    return visitorLayout(request, shop, 'Account', content);
  });
  pages.post('/account/login', (shop, request, response) => {
    const customer = findCustomerByEmail(
      shop,
      z.object({ email: z.string() }).parse(readBody(request)).email,
    );
    const account = `/shop/${shop.domain}/account`;
    if (customer === null)
      return { goTo: `${account}?problem=${encodeURIComponent('No customer has this e-mail.')}` };
    writeVisitor(response, shop, customer);
    return { goTo: account };
  });
  pages.post('/account/logout', (shop, _request, response) => {
    writeVisitor(response, shop, null);
    return { goTo: `/shop/${shop.domain}` };
  });
  pages.post('/account/consent', (shop, request) => {
    const visitor = visitorOf(request, shop);
    const { state } = z.object({ state: z.enum(['subscribed', 'unsubscribed']) }).parse(readBody(request));
    changeConsent(store, shop, visitor.id, state, 'single_opt_in', null);
    return { goTo: `/shop/${shop.domain}/account` };
  });
}

function checkoutRoutes(store: Store, { pages, shops }: Routes): void {
  const path = '/checkouts/:token';
  pages.post('/checkout', (shop, request) => {
    const cartToken = readCartToken(request, shop);
    if (cartToken === null) throw new StoreError('Your cart is empty.');
    const open = shop.checkouts.find(
      (checkout) => checkout.cartToken === cartToken && checkout.completedAt === null,
    );
    const checkout =
      open ?? startCheckout(store, shop, { cartToken, customerId: readVisitor(request, shop)?.id ?? null });
    if (open !== undefined)
      open.lines =
        shop.carts.find(({ token }) => token === cartToken)?.lines.map((line) => ({ ...line })) ?? open.lines;
    return { goTo: `/shop/${shop.domain}/checkouts/${checkout.token}` };
  });
  pages.get(path, (shop, request) => {
    const checkout = getCheckout(shop, readParam(request, 'token'));
    if (checkout.orderId !== null)
      return { goTo: `/shop/${shop.domain}/orders/${checkout.orderId.toString()}` };
    return checkoutPage(
      store,
      shop,
      checkout,
      readQuery(request, 'problem'),
      hasExtensionBundle(store.options, 'loyalty-checkout'),
    );
  });
  pages.get(`${path}/recover`, (shop, request, response) => {
    const checkout = recoverCheckout(store, shop, readParam(request, 'token'));
    if (checkout.completedAt === null) writeCartToken(response, shop, checkout.cartToken);
    return { goTo: `/shop/${shop.domain}/checkouts/${checkout.token}` };
  });
  shops.post(`${path}/save`, (shop, request) => {
    updateCheckout(store, shop, readParam(request, 'token'), bodyOf(request, checkoutChangeInput));
    return { saved: true };
  });
  pages.post(`${path}/discount`, (shop, request) => {
    const token = readParam(request, 'token');
    const code = z.object({ code: z.string() }).parse(readBody(request)).code.trim();
    const goTo = `/shop/${shop.domain}/checkouts/${token}`;
    try {
      setDiscountCode(store, shop, token, code === '' ? null : code);
      return { goTo };
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      return { goTo: `${goTo}?problem=${encodeURIComponent(error.message)}` };
    }
  });
  pages.post(`${path}/pay`, (shop, request) => {
    const token = readParam(request, 'token');
    const { email, acceptsMarketing, ...address } = contactForm.parse(readBody(request));
    const place = { ...address, countryCode: shop.countryCode, country: shop.countryName };
    updateCheckout(store, shop, token, {
      email,
      acceptsMarketing: acceptsMarketing === '1',
      address: place,
    });
    return {
      goTo: `/shop/${shop.domain}/orders/${payCheckout(store, shop, token).id.toString()}?thanks=1`,
    };
  });
}

function extensionRoutes(store: Store, { pages, shops }: Routes): void {
  const path = '/checkouts/:token';
  pages.get(`${path}/extension`, (shop, request) =>
    extensionPage(store, shop, getCheckout(shop, readParam(request, 'token'))),
  );
  shops.get(`${path}/session-token`, (shop, request) => {
    const checkout = getCheckout(shop, readParam(request, 'token'));
    return { token: extensionTokenFor(store, shop, checkout.loggedIn ? checkout.customerId : null) };
  });
  shops.post(`${path}/code`, (shop, request) => {
    setDiscountCode(
      store,
      shop,
      readParam(request, 'token'),
      bodyOf(request, z.object({ code: z.string().nullable() })).code,
    );
    return { applied: true };
  });
  shops.post(`${path}/attribute`, (shop, request) => {
    const checkout = getOpenCheckout(shop, readParam(request, 'token'));
    const { name, value } = bodyOf(request, z.object({ name: z.string(), value: z.string() }));
    checkout.attributes = [
      ...checkout.attributes.filter((attribute) => attribute.name !== name),
      ...(value === '' ? [] : [{ name, value }]),
    ];
    updateCheckout(store, shop, checkout.token, {});
    return { applied: true };
  });
}

/** The customer account's page of the app, and what its frame asks for. */
function accountExtensionRoutes(store: Store, { pages, shops }: Routes): void {
  const path = '/account';
  pages.get(`${path}/loyalty`, (shop, request) => {
    if (readVisitor(request, shop) === null) return { goTo: `/shop/${shop.domain}/account` };
    const hasPage = hasExtensionBundle(store.options, 'loyalty-account');
    return visitorLayout(request, shop, 'Loyalty', accountAppPage(shop, hasPage));
  });
  pages.get(`${path}/extension`, (shop, request) =>
    accountExtensionPage(store, shop, visitorOf(request, shop)),
  );
  shops.get(`${path}/session-token`, (shop, request) => ({
    token: extensionTokenFor(store, shop, visitorOf(request, shop).id),
  }));
}

/** The block on an order's page, and the token its frame asks for. */
function orderExtensionRoutes(store: Store, { pages, shops }: Routes): void {
  const path = '/orders/:id';
  pages.get(`${path}/extension`, (shop, request) =>
    orderExtensionPage(store, shop, getOrder(shop, idOf(request)), readVisitor(request, shop)),
  );
  shops.get(`${path}/session-token`, (shop, request) => ({
    token: extensionTokenFor(store, shop, readVisitor(request, shop)?.id ?? null),
  }));
}

/** What a shopper sees of a shop. */
export function storefrontRoutes(store: Store): Router {
  const router = Router();
  const routes = { pages: shopPages(store, router, storeError), shops: shopRoutes(store, router) };
  browseRoutes(store, routes);
  accountRoutes(store, routes);
  checkoutRoutes(store, routes);
  extensionRoutes(store, routes);
  accountExtensionRoutes(store, routes);
  orderExtensionRoutes(store, routes);
  return router;
}

export function extensionBundleRoutes(store: Store): Router {
  const router = Router();
  for (const name of extensionNames) {
    router.get(`/extensions/${name}.js`, (_request, response) => {
      const bundle = findExtensionBundle(store.options, name);
      if (bundle === null) response.status(404).type('text').send('The extension has not been built.');
      else response.type('application/javascript').send(bundle);
    });
  }
  return router;
}
