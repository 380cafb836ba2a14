import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { advanceBackfill } from '~/ingest/backfill.server';
import { drainInbox } from '~/ingest/drain.server';
import { ensureEarnRule } from '~/modules/loyalty/index.server';
import { activateShop, ensureShop } from '~/modules/shops/index.server';
import { clock } from '~/platform/clock.server';
import { prisma, withShop } from '~/platform/db/index.server';
import { standInFetch } from '~/platform/sessions/stand-in-fetch.server';
import { createShopifyClients } from '~/platform/shopify/index.server';
import { addCartLine, createCart, setCartAttributes } from '../../../dev/store/actions/carts';
import { startCheckout } from '../../../dev/store/actions/checkouts';
import { addTags, changeConsent, createCustomer } from '../../../dev/store/actions/customers';
import { installApp } from '../../../dev/store/actions/install-app';
import { cancelOrder, fulfilOrder, refundOrder, refundShare } from '../../../dev/store/actions/orders';
import { payCheckout } from '../../../dev/store/actions/pay-checkout';
import { issueAccessToken } from '../../../dev/store/oauth/access-tokens';
import { startStore, type RunningStore } from '../../../dev/store/start-store';
import type { Shop } from '../../../dev/store/state/model';
import { createDeliveries } from '../../factories/deliveries';
import { useTestDatabase } from '../../setup/database';

useTestDatabase();

/** Of affiliates' links, in the address of the first page and kept by a theme. */
const [byLink, byCart] = ['token-of-a-landing', 'token-kept-in-a-cart'];
const startedAt = new Date('2026-05-01T08:00:00Z');

it('an import of the stand-in store ends where its webhooks end', async () => {
  const sink = await acceptEverything();
  const running = await startStore({ port: 0, appUrl: sink.url });
  try {
    running.store.clock.set(startedAt.getTime() - Date.now());
    clock.moveTo(startedAt.getTime() + 24 * 3_600_000 - Date.now());
    const [shop] = running.store.state.shops;
    if (!shop) throw new Error('the stand-in has no shop');
    shop.customers = []; // those of the seed were told to nobody
    installApp(running.store, shop);
    live(running, shop);

    const told = await createShop('told.myshopify.com');
    const deliveries = running.store.deliveries.list();
    await createDeliveries(
      deliveries.map((delivery) => ({
        topic: delivery.topic,
        payload: delivery.body,
        shopDomain: 'told.myshopify.com',
        webhookId: delivery.webhookId,
        triggeredAt: delivery.triggeredAt,
      })),
    );
    await drainInbox('told.myshopify.com');

    const imported = await createShop(shop.domain);
    await importEverything(running, shop, imported);

    for (const [table, rows] of Object.entries(await dump(told)))
      expect.soft((await dump(imported))[table], table).toEqual(rows);
    expect((await dump(imported)).orders?.length).toBeGreaterThanOrEqual(6);
    expect((await dump(imported)).refunds?.length).toBe(3);
    for (const clickToken of [byLink, byCart])
      expect(await prisma().order.count({ where: { shopId: imported, clickToken } })).toBe(1);
  } finally {
    await running.close();
    sink.server.close();
  }
}, 60_000);

/** A few shoppers: guests and customers, codes and tags, parcels, refunds of pieces, of shares and of everything. */
function live({ store }: RunningStore, shop: Shop): void {
  const later = () => store.clock.set(store.clock.offsetMs + 60_000);
  const buy = (
    email: string,
    customerId: bigint | null,
    quantity: number,
    came: { landingSite?: string; attribute?: string } = {},
  ) => {
    later();
    const cart = createCart(store, shop);
    const [product] = shop.products;
    addCartLine(store, shop, cart.token, product!.variants[0]!.id, quantity);
    addCartLine(store, shop, cart.token, shop.products[1]!.variants[0]!.id, 1);
    if (came.attribute)
      setCartAttributes(store, shop, cart.token, [{ name: 'pnl_click', value: came.attribute }]);
    const checkout = startCheckout(store, shop, {
      cartToken: cart.token,
      email,
      customerId,
      acceptsMarketing: true,
    });
    later();
    return payCheckout(store, shop, checkout.token, came);
  };
  const anna = createCustomer(store, shop, {
    email: 'Anna@example.com',
    firstName: 'Anna',
    phone: '+4930901820',
    consent: 'subscribed',
  });
  addTags(store, shop, anna.id, ['vip']);
  for (const quantity of [1, 2, 3]) buy('anna@example.com', anna.id, quantity);
  later();
  changeConsent(store, shop, anna.id, 'unsubscribed', 'single_opt_in', null);
  const bo = buy('bo@example.com', null, 2, { landingSite: `/products/fern?pnl_click=${byLink}` });
  later();
  fulfilOrder(store, shop, bo.id);
  refundShare(store, shop, bo.id, 0.5);
  const cleo = buy('cleo@example.com', null, 3, { attribute: byCart });
  later();
  refundOrder(store, shop, cleo.id, { lines: [{ lineId: cleo.lines[0]!.id, quantity: 2 }] });
  const dora = buy('dora@example.com', null, 1);
  later();
  cancelOrder(store, shop, dora.id, 'customer', true);
  later();
}

async function importEverything({ store, url }: RunningStore, shop: Shop, shopId: number): Promise<void> {
  const { accessToken } = issueAccessToken(shop, true);
  const client = createShopifyClients({
    tokens: { accessToken: async () => accessToken },
    fetch: standInFetch(url),
  });
  await expect
    .poll(
      async () => {
        await advanceBackfill(shopId, { client, download: fetch });
        const runs = await prisma().backfillRun.findMany({ where: { shopId } });
        return runs.map(({ status, error }) => ({ status, error }));
      },
      { timeout: 20_000, interval: 100 },
    )
    .toEqual([
      { status: 'done', error: null },
      { status: 'done', error: null },
      { status: 'done', error: null },
    ]);
  expect(
    store.deliveries.list().filter(({ topic }) => topic === 'bulk_operations/finish').length,
  ).toBeGreaterThanOrEqual(3);
}

async function createShop(domain: string): Promise<number> {
  const { id } = await ensureShop(prisma(), { domain, now: startedAt });
  await withShop(id, async (tx) => {
    await ensureEarnRule(tx, { shopId: id, now: startedAt });
    await activateShop(tx, { shopId: id, now: startedAt });
  });
  return id;
}

/** What both ways can tell: carts and parcels come by webhook only, and tags, languages and costs in more detail by import. */
async function dump(shopId: number): Promise<Record<string, unknown[]>> {
  const where = { shopId };
  const order = { orderBy: { id: 'asc' as const } };
  const text = (value: unknown) =>
    JSON.parse(
      JSON.stringify(value, (_key, entry: unknown) => (typeof entry === 'bigint' ? String(entry) : entry)),
    ) as unknown;
  const orders = await prisma().order.findMany({
    where,
    ...order,
    include: { lines: { orderBy: { id: 'asc' } }, discountCodes: true },
  });
  const profiles = await prisma().profile.findMany({
    where: { shopId, mergedIntoId: null },
    orderBy: { email: 'asc' },
    include: { traits: true },
  });
  const consents = await prisma().consent.findMany({ where, orderBy: { consentedAt: 'asc' } });
  const refunds = await prisma().refund.findMany({ where, ...order, include: { refundLines: true } });
  return {
    orders: orders.map(
      ({
        shopId: _shop,
        profileId: _profile,
        shopifyUpdatedAt: _at,
        paidAt: _paid,
        cost: _cost,
        grossProfit: _profit,
        lines,
        ...rest
      }) =>
        text({
          ...withoutHash(rest),
          lines: lines.map(({ shopId: _own, unitCost: _unit, ...line }) => line),
        }),
    ),
    refunds: refunds.map(({ shopId: _shop, refundLines, ...rest }) =>
      text({ ...withoutHash(rest), refundLines: refundLines.map(({ shopId: _own, ...line }) => line) }),
    ),
    profiles: profiles.map(
      ({ shopifyCustomerId, email, phone, firstName, lastName, tags, country, traits }) =>
        text({
          shopifyCustomerId,
          email,
          phone,
          firstName,
          lastName,
          tags,
          country,
          orders: traits?.ordersCount,
          spend: traits?.netSpend,
          state: traits?.emailState,
          points: traits?.pointsBalance,
        }),
    ),
    consents: consents.map(({ state, level, consentedAt }) => text({ state, level, consentedAt })),
  };
}

/** Versions and hashes say how a fact was told, not what. */
function withoutHash(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).filter(([name]) => !/version|hash|seenAt|unpaidSeen/i.test(name)),
  );
}

async function acceptEverything(): Promise<{ url: string; server: Server }> {
  const server = createServer((request, response) => {
    request.resume();
    request.on('end', () => response.end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}
