import { createServer, type Server } from 'node:http';
import { addCartLine, createCart } from '../../dev/store/actions/carts';
import { startCheckout } from '../../dev/store/actions/checkouts';
import {
  addTags,
  changeConsent,
  createCustomer,
  mergeCustomers,
  updateCustomer,
} from '../../dev/store/actions/customers';
import { installApp } from '../../dev/store/actions/install-app';
import { cancelOrder, fulfilOrder, refundOrder, refundShare } from '../../dev/store/actions/orders';
import { payCheckout } from '../../dev/store/actions/pay-checkout';
import { updateProduct } from '../../dev/store/actions/products';
import { startStore, type RunningStore } from '../../dev/store/start-store';
import type { Shop } from '../../dev/store/state/model';
import type { Delivery } from '../../dev/store/webhooks/delivery-log';

export interface SimulatedShop {
  domain: string;
  deliveries: Delivery[];
}

/** A repeatable choice: the same seed tells the same story. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/**
 * Lets the stand-in store live through `shoppers` visits: guests and customers, subscribed or not, who leave, pay, get
 * refunds, cancel, are merged. Returns everything it told the app, in the order it happened.
 */
export async function simulateShop(options: {
  shoppers: number;
  seed: number;
  startedAt: Date;
}): Promise<SimulatedShop> {
  const listener = await listenAndAgree();
  const running = await startStore({ port: 0, appUrl: listener.url, dataFile: null });
  try {
    const random = randomFrom(options.seed);
    const [shop] = running.store.state.shops;
    if (!shop) throw new Error('the stand-in has no shop');
    running.store.clock.set(options.startedAt.getTime() - Date.now());
    installApp(running.store, shop);
    for (let visit = 0; visit < options.shoppers; visit += 1) {
      visitShop(running, shop, random, visit);
      running.store.clock.set(running.store.clock.offsetMs + Math.floor(random() * 600_000));
    }
    return { domain: shop.domain, deliveries: [...running.store.deliveries.list()] };
  } finally {
    await running.close();
    listener.server.close();
  }
}

function visitShop({ store }: RunningStore, shop: Shop, random: () => number, visit: number): void {
  const chance = (share: number) => random() < share;
  const pick = <T>(items: readonly T[]): T => {
    const item = items[Math.floor(random() * items.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  };
  const wait = (ms: number) => store.clock.set(store.clock.offsetMs + Math.floor(random() * ms));

  const email = `shopper${Math.floor(visit * 0.7)}@example.com`; // some come back
  const known = shop.customers.find((customer) => customer.email === email);
  const customer =
    known ??
    (chance(0.7)
      ? createCustomer(store, shop, {
          email,
          firstName: 'Kim',
          lastName: `No ${visit}`,
          consent: chance(0.6) ? 'subscribed' : 'not_subscribed',
        })
      : null);
  wait(5_000);
  const cart = createCart(store, shop);
  for (let lines = 1 + Math.floor(random() * 3); lines > 0; lines -= 1) {
    addCartLine(store, shop, cart.token, pick(pick(shop.products).variants).id, 1 + Math.floor(random() * 3));
  }
  const checkout = startCheckout(store, shop, {
    cartToken: cart.token,
    email,
    customerId: customer?.id ?? null,
    acceptsMarketing: chance(0.3),
  });
  wait(60_000);
  if (chance(0.25)) return; // left for good
  if (chance(0.2)) wait(5 * 3_600_000);
  const order = payCheckout(store, shop, checkout.token, {});
  wait(120_000);
  if (chance(0.1)) updateProduct(store, shop, pick(shop.products).id, { title: `Renamed ${visit}` });
  if (chance(0.3)) fulfilOrder(store, shop, order.id);
  wait(60_000);
  if (chance(0.15)) refundShare(store, shop, order.id, pick([0.25, 0.5, 1]));
  else if (chance(0.1))
    refundOrder(store, shop, order.id, {
      lines: order.lines.slice(0, 1).map((line) => ({ lineId: line.id, quantity: 1 })),
    });
  wait(60_000);
  if (chance(0.08)) cancelOrder(store, shop, order.id, 'customer', true);
  if (!customer) return;
  if (chance(0.15))
    changeConsent(
      store,
      shop,
      customer.id,
      chance(0.5) ? 'subscribed' : 'unsubscribed',
      'single_opt_in',
      null,
    );
  wait(5_000);
  if (chance(0.15)) addTags(store, shop, customer.id, [pick(['vip', 'garden', 'wholesale'])]);
  if (chance(0.15)) updateCustomer(store, shop, customer.id, { firstName: pick(['Kim', 'Robin', 'Sam']) });
  const other = shop.customers.find((candidate) => candidate.id !== customer.id);
  if (other && chance(0.03)) mergeCustomers(store, shop, customer.id, other.id);
}

/** An app that says yes to every delivery, so that the store does not retry. */
async function listenAndAgree(): Promise<{ server: Server; url: string }> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { server, url: `http://127.0.0.1:${address.port}` };
}
