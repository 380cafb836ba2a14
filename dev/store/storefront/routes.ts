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
import { bodyOf, idOf, jsonRoute, shopOf } from '../control/route';
import type { Html } from '../http/html';
import { pageRoute, type PageResult } from '../http/page-route';
import { readBody, readParam, readQuery } from '../http/request';
import { countPieces } from '../state/checkout-totals';
import type { Shop } from '../state/model';
import { StoreError, type Store } from '../store';
import { checkoutPage } from './checkout-page';
import { readCartToken, readVisitor, writeCartToken, writeVisitor } from './cookies';
import { findExtensionBundle, hasExtensionBundle, type ExtensionName } from './extension-bundle';
import { accountExtensionPage, extensionPage } from './extension-page';
import { storeError, storeLayout } from './layout';
import { accountAppPage, accountPage, cartPage, gridPage, loginPage, orderPage, productPage } from './pages';

const addForm = z.object({ variantId: idInput, quantity: z.coerce.number().int().min(1).default(1) });
const contactForm = z.object({
  email: z.email(),
  acceptsMarketing: z.literal('1').optional(),
  firstName: z.string(),
  lastName: z.string(),
  address1: z.string(),
  zip: z.string(),
  city: z.string(),
});

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

function browseRoutes(store: Store, router: Router): void {
  router.get(
    '/:shop',
    pageRoute(
      store,
      (request) => {
        const shop = shopOf(store, request);
        return visitorLayout(request, shop, 'Shop', gridPage(store, shop));
      },
      storeError,
    ),
  );
  router.get(
    '/:shop/products/:handle',
    pageRoute(
      store,
      (request) => {
        const shop = shopOf(store, request);
        const product = shop.products.find(({ handle }) => handle === readParam(request, 'handle'));
        if (product === undefined) throw new StoreError('There is no such product.', 404);
        return visitorLayout(request, shop, product.title, productPage(store, shop, product));
      },
      storeError,
    ),
  );
  router.get(
    '/:shop/cart',
    pageRoute(
      store,
      (request) => {
        const shop = shopOf(store, request);
        const cart = shop.carts.find(({ token }) => token === readCartToken(request, shop)) ?? null;
        return visitorLayout(request, shop, 'Cart', cartPage(store, shop, cart));
      },
      storeError,
    ),
  );
  router.post(
    '/:shop/cart/add',
    pageRoute(
      store,
      (request, response): PageResult => {
        const shop = shopOf(store, request);
        const { variantId, quantity } = addForm.parse(readBody(request));
        const token = readCartToken(request, shop) ?? createCart(store, shop).token;
        addCartLine(store, shop, token, variantId, quantity);
        writeCartToken(response, shop, token);
        return { goTo: `/shop/${shop.domain}/cart` };
      },
      storeError,
    ),
  );
  router.post(
    '/:shop/cart/remove',
    pageRoute(
      store,
      (request): PageResult => {
        const shop = shopOf(store, request);
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
      },
      storeError,
    ),
  );
  router.get(
    '/:shop/orders/:id',
    pageRoute(
      store,
      (request) => {
        const shop = shopOf(store, request);
        const order = getOrder(shop, idOf(request));
        return visitorLayout(
          request,
          shop,
          `Order #${order.number}`,
          orderPage(store, shop, order, readQuery(request, 'thanks') === '1'),
        );
      },
      storeError,
    ),
  );
}

function accountRoutes(store: Store, router: Router): void {
  router.get(
    '/:shop/account',
    pageRoute(
      store,
      (request) => {
        const shop = shopOf(store, request);
        const visitor = readVisitor(request, shop);
        const content =
          visitor === null
            ? loginPage(shop, readQuery(request, 'problem'))
            : accountPage(store, shop, visitor);
        return visitorLayout(request, shop, 'Account', content);
      },
      storeError,
    ),
  );
  router.post(
    '/:shop/account/login',
    pageRoute(
      store,
      (request, response): PageResult => {
        const shop = shopOf(store, request);
        const customer = findCustomerByEmail(
          shop,
          z.object({ email: z.string() }).parse(readBody(request)).email,
        );
        const account = `/shop/${shop.domain}/account`;
        if (customer === null)
          return { goTo: `${account}?problem=${encodeURIComponent('No customer has this e-mail.')}` };
        writeVisitor(response, shop, customer);
        return { goTo: account };
      },
      storeError,
    ),
  );
  router.post(
    '/:shop/account/logout',
    pageRoute(
      store,
      (request, response): PageResult => {
        const shop = shopOf(store, request);
        writeVisitor(response, shop, null);
        return { goTo: `/shop/${shop.domain}` };
      },
      storeError,
    ),
  );
  router.post(
    '/:shop/account/consent',
    pageRoute(
      store,
      (request): PageResult => {
        const shop = shopOf(store, request);
        const visitor = readVisitor(request, shop);
        if (visitor === null) throw new StoreError('Log in first.', 401);
        const { state } = z
          .object({ state: z.enum(['subscribed', 'unsubscribed']) })
          .parse(readBody(request));
        changeConsent(store, shop, visitor.id, state, 'single_opt_in', null);
        return { goTo: `/shop/${shop.domain}/account` };
      },
      storeError,
    ),
  );
}

function checkoutRoutes(store: Store, router: Router): void {
  const path = '/:shop/checkouts/:token';
  router.post(
    '/:shop/checkout',
    pageRoute(
      store,
      (request): PageResult => {
        const shop = shopOf(store, request);
        const cartToken = readCartToken(request, shop);
        if (cartToken === null) throw new StoreError('Your cart is empty.');
        const open = shop.checkouts.find(
          (checkout) => checkout.cartToken === cartToken && checkout.completedAt === null,
        );
        const checkout =
          open ??
          startCheckout(store, shop, { cartToken, customerId: readVisitor(request, shop)?.id ?? null });
        if (open !== undefined)
          open.lines =
            shop.carts.find(({ token }) => token === cartToken)?.lines.map((line) => ({ ...line })) ??
            open.lines;
        return { goTo: `/shop/${shop.domain}/checkouts/${checkout.token}` };
      },
      storeError,
    ),
  );
  router.get(
    path,
    pageRoute(
      store,
      (request): PageResult => {
        const shop = shopOf(store, request);
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
      },
      storeError,
    ),
  );
  router.get(
    `${path}/recover`,
    pageRoute(
      store,
      (request, response): PageResult => {
        const shop = shopOf(store, request);
        const checkout = recoverCheckout(store, shop, readParam(request, 'token'));
        if (checkout.completedAt === null) writeCartToken(response, shop, checkout.cartToken);
        return { goTo: `/shop/${shop.domain}/checkouts/${checkout.token}` };
      },
      storeError,
    ),
  );
  router.post(
    `${path}/save`,
    jsonRoute(store, (request) => {
      updateCheckout(
        store,
        shopOf(store, request),
        readParam(request, 'token'),
        bodyOf(request, checkoutChangeInput),
      );
      return { saved: true };
    }),
  );
  router.post(
    `${path}/discount`,
    pageRoute(
      store,
      (request): PageResult => {
        const shop = shopOf(store, request);
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
      },
      storeError,
    ),
  );
  router.post(
    `${path}/pay`,
    pageRoute(
      store,
      (request): PageResult => {
        const shop = shopOf(store, request);
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
      },
      storeError,
    ),
  );
}

function extensionRoutes(store: Store, router: Router): void {
  const path = '/:shop/checkouts/:token';
  router.get(
    `${path}/extension`,
    pageRoute(
      store,
      (request) => {
        const shop = shopOf(store, request);
        return extensionPage(store, shop, getCheckout(shop, readParam(request, 'token')));
      },
      storeError,
    ),
  );
  router.get(
    `${path}/session-token`,
    jsonRoute(store, (request) => {
      const shop = shopOf(store, request);
      const checkout = getCheckout(shop, readParam(request, 'token'));
      return { token: extensionTokenFor(store, shop, checkout.loggedIn ? checkout.customerId : null) };
    }),
  );
  router.post(
    `${path}/code`,
    jsonRoute(store, (request) => {
      setDiscountCode(
        store,
        shopOf(store, request),
        readParam(request, 'token'),
        bodyOf(request, z.object({ code: z.string().nullable() })).code,
      );
      return { applied: true };
    }),
  );
  router.post(
    `${path}/attribute`,
    jsonRoute(store, (request) => {
      const shop = shopOf(store, request);
      const checkout = getOpenCheckout(shop, readParam(request, 'token'));
      const { name, value } = bodyOf(request, z.object({ name: z.string(), value: z.string() }));
      checkout.attributes = [
        ...checkout.attributes.filter((attribute) => attribute.name !== name),
        ...(value === '' ? [] : [{ name, value }]),
      ];
      updateCheckout(store, shop, checkout.token, {});
      return { applied: true };
    }),
  );
}

/** The customer account's page of the app, and what its frame asks for. */
function accountExtensionRoutes(store: Store, router: Router): void {
  const path = '/:shop/account';
  const visitorOf = (request: Request, shop: Shop) => {
    const visitor = readVisitor(request, shop);
    if (visitor === null) throw new StoreError('Log in first.', 401);
    return visitor;
  };
  router.get(
    `${path}/loyalty`,
    pageRoute(
      store,
      (request): PageResult => {
        const shop = shopOf(store, request);
        if (readVisitor(request, shop) === null) return { goTo: `/shop/${shop.domain}/account` };
        const hasPage = hasExtensionBundle(store.options, 'loyalty-account');
        return visitorLayout(request, shop, 'Loyalty', accountAppPage(shop, hasPage));
      },
      storeError,
    ),
  );
  router.get(
    `${path}/extension`,
    pageRoute(
      store,
      (request) => {
        const shop = shopOf(store, request);
        return accountExtensionPage(store, shop, visitorOf(request, shop));
      },
      storeError,
    ),
  );
  router.get(
    `${path}/session-token`,
    jsonRoute(store, (request) => {
      const shop = shopOf(store, request);
      return { token: extensionTokenFor(store, shop, visitorOf(request, shop).id) };
    }),
  );
}

/** What a shopper sees of a shop. */
export function storefrontRoutes(store: Store): Router {
  const router = Router();
  browseRoutes(store, router);
  accountRoutes(store, router);
  checkoutRoutes(store, router);
  extensionRoutes(store, router);
  accountExtensionRoutes(store, router);
  return router;
}

export function extensionBundleRoutes(store: Store): Router {
  const router = Router();
  const names: ExtensionName[] = ['loyalty-checkout', 'loyalty-account'];
  for (const name of names) {
    router.get(`/extensions/${name}.js`, (_request, response) => {
      const bundle = findExtensionBundle(store.options, name);
      if (bundle === null) response.status(404).type('text').send('The extension has not been built.');
      else response.type('application/javascript').send(bundle);
    });
  }
  return router;
}
