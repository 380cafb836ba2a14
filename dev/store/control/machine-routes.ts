import { Router } from 'express';
import { z } from 'zod';
import { moveClock, tellApp } from '../actions/move-clock';
import { readQuery } from '../http/request';
import { issueAdminToken, issueExtensionToken } from '../oauth/session-token';
import { toGid } from '../state/ids';
import type { Shop } from '../state/model';
import type { Store } from '../store';
import { hasExtensionBundle } from '../storefront/extension-bundle';
import type { Delivery } from '../webhooks/delivery-log';
import { clockInput, faultsInput, idInput, replayInput } from './input';
import { bodyOf, jsonRoute } from './route';
import { shopJson } from './shapes';

function deliveryJson(delivery: Delivery, withBody: boolean) {
  const { body, ...rest } = delivery;
  return withBody ? { ...rest, body } : rest;
}

/** Fisher-Yates; what the order is does not matter, that it differs does. */
function shuffle<T>(items: readonly T[]): T[] {
  const shuffled = [...items];
  for (let last = shuffled.length - 1; last > 0; last -= 1) {
    const other = Math.floor(Math.random() * (last + 1));
    const [a, b] = [shuffled[last], shuffled[other]];
    if (a === undefined || b === undefined) continue;
    shuffled[last] = b;
    shuffled[other] = a;
  }
  return shuffled;
}

/** Sends recorded deliveries again. Deliveries of removed apps stay where they are. */
export function replayDeliveries(store: Store, wanted: z.infer<typeof replayInput>): number {
  const chosen = store.deliveries
    .list()
    .filter((delivery) => wanted.shop === undefined || delivery.shop === wanted.shop)
    .filter((delivery) => wanted.topic === undefined || delivery.topic === wanted.topic);
  const copies = chosen.flatMap((delivery) => Array.from({ length: wanted.duplicates + 1 }, () => delivery));
  const ordered = {
    same: () => copies,
    reverse: () => [...copies].reverse(),
    shuffle: () => shuffle(copies),
  }[wanted.order]();
  for (const delivery of ordered) store.sender.resend(delivery);
  return ordered.length;
}

function issuerOf(store: Store, shop: Shop) {
  return { apiKey: store.options.apiKey, apiSecret: store.options.apiSecret, shopDomain: shop.domain };
}

export function adminTokenFor(store: Store, shop: Shop): string {
  return issueAdminToken(issuerOf(store, shop), shop.id);
}

export function extensionTokenFor(store: Store, shop: Shop, customerId: bigint | null): string {
  return issueExtensionToken(
    issuerOf(store, shop),
    customerId === null ? null : toGid('Customer', customerId),
  );
}

/** What `shopify.app.extensions()` answers: the checkout block counts as placed once its bundle exists. */
function extensionsJson(store: Store) {
  const placed = hasExtensionBundle(store.options, 'loyalty-checkout');
  const activations = placed ? [{ target: 'purchase.checkout.block.render' }] : [];
  return [{ handle: 'loyalty-checkout', type: 'ui_extension', activations }];
}

/** Deliveries, faults, clock and tokens: what belongs to no shop. */
export function machineControlRoutes(store: Store): Router {
  const router = Router();
  router.get(
    '/shops',
    jsonRoute(store, () => store.state.shops.map(shopJson)),
  );
  router.get(
    '/config',
    jsonRoute(store, () => store.appConfig),
  );
  router.get(
    '/deliveries',
    jsonRoute(store, (request) => {
      const [topic, shop, body] = [
        readQuery(request, 'topic'),
        readQuery(request, 'shop'),
        readQuery(request, 'body') === '1',
      ];
      return store.deliveries
        .list()
        .filter(({ status }) => readQuery(request, 'pending') !== '1' || status === 'pending')
        .filter(
          (delivery) =>
            (topic === null || delivery.topic === topic) && (shop === null || delivery.shop === shop),
        )
        .map((delivery) => deliveryJson(delivery, body));
    }),
  );
  router.delete(
    '/deliveries',
    jsonRoute(store, () => {
      store.deliveries.clear();
      return { cleared: true };
    }),
  );
  router.post(
    '/deliveries/replay',
    jsonRoute(store, (request) => ({ sent: replayDeliveries(store, bodyOf(request, replayInput)) })),
  );
  router.get(
    '/faults',
    jsonRoute(store, () => store.faults),
  );
  router.post(
    '/faults',
    jsonRoute(store, (request) => {
      const { throttle, http500, deliver } = bodyOf(request, faultsInput);
      store.faults.throttle = throttle ?? store.faults.throttle;
      store.faults.http500 = http500 ?? store.faults.http500;
      Object.assign(store.faults.deliver, z.record(z.string(), z.unknown()).parse(deliver ?? {}));
      return store.faults;
    }),
  );
  router.get(
    '/clock',
    jsonRoute(store, () => ({ offsetMs: store.clock.offsetMs, now: store.clock.now().toISOString() })),
  );
  router.post(
    '/clock',
    jsonRoute(store, (request) => {
      const wanted = bodyOf(request, clockInput);
      return moveClock(
        store,
        'offsetMs' in wanted ? wanted.offsetMs : store.clock.offsetMs + wanted.advanceMs,
      );
    }),
  );
  router.post(
    '/clock/announce',
    jsonRoute(store, async () => ({ offsetMs: store.clock.offsetMs, app: await tellApp(store) })),
  );
  router.get(
    '/idle',
    jsonRoute(store, async () => {
      await store.sender.whenIdle();
      return { idle: true, deliveries: store.deliveries.list().length };
    }),
  );
  router.get(
    '/extensions',
    jsonRoute(store, () => extensionsJson(store)),
  );
  router.get(
    '/admin-token',
    jsonRoute(store, (request) => ({
      token: adminTokenFor(store, store.getShop(readQuery(request, 'shop') ?? '')),
    })),
  );
  router.get(
    '/session-token',
    jsonRoute(store, (request) => {
      const customerId = readQuery(request, 'customerId');
      const shop = store.getShop(readQuery(request, 'shop') ?? '');
      return {
        token: extensionTokenFor(
          store,
          shop,
          customerId === null || customerId === '' ? null : idInput.parse(customerId),
        ),
      };
    }),
  );
  return router;
}
