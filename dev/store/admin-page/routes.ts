import { Router, type Request } from 'express';
import { z } from 'zod';
import {
  addTags,
  changeConsent,
  createCustomer,
  redactCustomer,
  requestCustomerData,
} from '../actions/customers';
import {
  activateDiscount,
  changeDiscountEnd,
  changeDiscountStart,
  deactivateDiscount,
  deleteDiscount,
} from '../actions/discounts';
import { installApp, redactShop, uninstallApp } from '../actions/install-app';
import { moveClock } from '../actions/move-clock';
import { cancelOrder, deliverOrder, fulfilOrder, refundShare } from '../actions/orders';
import { updateProduct, updateShop } from '../actions/products';
import { getProduct } from '../actions/find';
import { replayDeliveries } from '../control/machine-routes';
import { moneyInput } from '../control/input';
import { idOf } from '../control/route';
import type { Html } from '../http/html';
import { readBody, readParam, readQuery } from '../http/request';
import { shopPages } from '../http/shop-pages';
import { expireAccessTokens } from '../oauth/access-tokens';
import type { Shop } from '../state/model';
import type { Store } from '../store';
import { appFrame, installPage } from './app-frame';
import { discountsPage } from './discounts-page';
import { adminError, adminLayout } from './layout';
import { checkoutsPage, customersPage, deliveriesPage, ordersPage, productsPage } from './list-pages';
import { breakPage, homePage, settingsPage } from './pages';

const HOUR_MS = 3_600_000;
const MOVES: Readonly<Record<string, number>> = {
  'clock-hour': HOUR_MS,
  'clock-day': 24 * HOUR_MS,
  'clock-60-days': 60 * 24 * HOUR_MS,
};

const count = z.coerce.number().int().min(0).default(0);
const checked = z
  .literal('1')
  .optional()
  .transform((value) => value === '1');
const deliveriesForm = z.object({ duplicate: count, delayMs: count, drop: count, reorder: checked });
const apiForm = z.object({ throttle: checked, http500: count });
const customerForm = z.object({
  firstName: z.string(),
  lastName: z.string(),
  email: z.email(),
  subscribed: checked,
});

/** The pages a merchant sees, and the buttons on them. */
export function adminPageRoutes(store: Store): Router {
  const router = Router();
  const pages = shopPages(store, router, adminError);
  const page = (path: string, here: string, render: (shop: Shop, request: Request) => Html) =>
    pages.get(path, (shop, request) => adminLayout(store, shop, here, render(shop, request)));
  const act: Act = (path, next, run) =>
    pages.post(path, async (shop, request) => {
      const notice = await run(shop, request);
      const query = typeof notice === 'string' ? `?notice=${encodeURIComponent(notice)}` : '';
      return { goTo: `/admin/${shop.domain}${next}${query}` };
    });

  page('', '', (shop) => homePage(store, shop));
  page('/orders', '/orders', ordersPage);
  page('/products', '/products', (shop) => productsPage(store, shop));
  page('/discounts', '/discounts', (shop) => discountsPage(store, shop));
  page('/customers', '/customers', customersPage);
  page('/checkouts', '/checkouts', (shop) => checkoutsPage(store, shop));
  page('/deliveries', '/deliveries', (shop) => deliveriesPage(store, shop));
  page('/settings', '/settings', settingsPage);
  page('/break', '/break', (shop, request) => breakPage(store, shop, readQuery(request, 'notice')));
  for (const path of ['/apps/perennial', '/apps/perennial/*'])
    page(path, '/apps/perennial', (shop, request) => {
      if (!shop.installed) return installPage(store, shop);
      const deep = readParam(request, '0');
      const search = new URL(request.originalUrl, store.url).searchParams;
      return appFrame(store, shop, deep === '' ? '' : `/${deep}`, search);
    });

  act('/install', '/apps/perennial', (shop) => installApp(store, shop));
  act('/uninstall', '/settings', (shop) => uninstallApp(store, shop));
  act('/shop-redact', '/settings', (shop) => redactShop(store, shop));
  act('/settings', '/settings', (shop, request) =>
    updateShop(store, shop, z.object({ name: z.string().min(1) }).parse(readBody(request))),
  );
  discountActs(store, act);
  orderActs(store, act);
  customerActs(store, act);
  breakActs(store, act);
  return router;
}

type Act = (path: string, next: string, run: (shop: Shop, request: Request) => unknown) => void;

/** What an action gives back is of no use to the page that follows. */
function silently(run: (shop: Shop, request: Request) => unknown): (shop: Shop, request: Request) => null {
  return (shop, request) => {
    run(shop, request);
    return null;
  };
}

function discountActs(store: Store, act: Act): void {
  const does = (
    what: string,
    run: (store: Store, shop: Shop, id: bigint, request: Request) => unknown,
  ): void => {
    act(
      `/discounts/:id/${what}`,
      '/discounts',
      silently((shop, request) => run(store, shop, idOf(request), request)),
    );
  };
  does('delete', deleteDiscount);
  does('off', deactivateDiscount);
  does('on', activateDiscount);
  does('start', (_store, shop, id, request) => {
    const { day } = z.object({ day: z.iso.date() }).parse(readBody(request));
    return changeDiscountStart(store, shop, id, new Date(`${day}T00:00:00Z`));
  });
  does('end', (_store, shop, id, request) => {
    const { day } = z.object({ day: z.union([z.literal(''), z.iso.date()]) }).parse(readBody(request));
    return changeDiscountEnd(store, shop, id, day === '' ? null : new Date(`${day}T23:59:59Z`));
  });
}

function orderActs(store: Store, act: Act): void {
  const order = '/orders/:id';
  act(
    `${order}/fulfil`,
    '/orders',
    silently((shop, request) => fulfilOrder(store, shop, idOf(request))),
  );
  act(
    `${order}/deliver`,
    '/orders',
    silently((shop, request) => deliverOrder(store, shop, idOf(request))),
  );
  act(
    `${order}/refund-half`,
    '/orders',
    silently((shop, request) => refundShare(store, shop, idOf(request), 0.5)),
  );
  act(
    `${order}/refund-all`,
    '/orders',
    silently((shop, request) => refundShare(store, shop, idOf(request), 1)),
  );
  act(
    `${order}/cancel`,
    '/orders',
    silently((shop, request) => cancelOrder(store, shop, idOf(request), 'customer', true)),
  );
  act(
    '/products/:id/price',
    '/products',
    silently((shop, request) => {
      const { price } = z.object({ price: moneyInput }).parse(readBody(request));
      const [first] = getProduct(shop, idOf(request)).variants;
      if (first !== undefined)
        updateProduct(store, shop, idOf(request), { variants: [{ id: first.id, price }] });
    }),
  );
}

function customerActs(store: Store, act: Act): void {
  const customer = '/customers/:id';
  act(
    '/customers',
    '/customers',
    silently((shop, request) => {
      const { subscribed, ...person } = customerForm.parse(readBody(request));
      createCustomer(store, shop, { ...person, consent: subscribed ? 'subscribed' : 'not_subscribed' });
    }),
  );
  act(
    `${customer}/subscribe`,
    '/customers',
    silently((shop, request) =>
      changeConsent(store, shop, idOf(request), 'subscribed', 'single_opt_in', null),
    ),
  );
  act(
    `${customer}/unsubscribe`,
    '/customers',
    silently((shop, request) =>
      changeConsent(store, shop, idOf(request), 'unsubscribed', 'single_opt_in', null),
    ),
  );
  act(
    `${customer}/tag`,
    '/customers',
    silently((shop, request) =>
      addTags(store, shop, idOf(request), [
        z.object({ tag: z.string().min(1) }).parse(readBody(request)).tag,
      ]),
    ),
  );
  act(
    `${customer}/data-request`,
    '/customers',
    silently((shop, request) => requestCustomerData(store, shop, idOf(request))),
  );
  act(
    `${customer}/redact`,
    '/customers',
    silently((shop, request) => redactCustomer(store, shop, idOf(request))),
  );
}

function breakActs(store: Store, act: Act): void {
  act('/break/deliveries', '/break', (_shop, request) => {
    Object.assign(store.faults.deliver, deliveriesForm.parse(readBody(request)));
    return 'Deliveries changed.';
  });
  act('/break/api', '/break', (_shop, request) => {
    Object.assign(store.faults, apiForm.parse(readBody(request)));
    return 'Admin API changed.';
  });
  for (const order of ['same', 'reverse', 'shuffle'] as const) {
    act(
      `/:shop/break/replay-${order}`,
      '/break',
      () => `${replayDeliveries(store, { order, duplicates: 0 })} deliveries sent again.`,
    );
  }
  for (const [name, ms] of Object.entries(MOVES)) {
    act(
      `/:shop/break/${name}`,
      '/break',
      async () => `Clock moved; app: ${(await moveClock(store, store.clock.offsetMs + ms)).app}.`,
    );
  }
  act(
    '/break/clock-real',
    '/break',
    async () => `Clock is real again; app: ${(await moveClock(store, 0)).app}.`,
  );
  act('/break/expire-tokens', '/break', (shop) => {
    expireAccessTokens(shop);
    return 'Access tokens have expired.';
  });
}
