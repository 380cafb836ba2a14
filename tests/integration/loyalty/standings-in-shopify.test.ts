import { afterAll, beforeAll, expect, it } from 'vitest';
import { drainInbox } from '~/ingest/drain.server';
import {
  adjustPoints,
  applyTiers,
  listShopsOwingStandings,
  standingsInShopify,
  updateStandingSwitches,
} from '~/modules/loyalty/index.server';
import { prisma, withShop } from '~/platform/db/index.server';
import { standInFetch } from '~/platform/sessions/stand-in-fetch.server';
import { createShopifyClients } from '~/platform/shopify/index.server';
import { standingsTold } from '~/processes/standings-told.server';
import { createCustomer, deleteCustomer } from '../../../dev/store/actions/customers';
import { issueAccessToken } from '../../../dev/store/oauth/access-tokens';
import type { RunningStore } from '../../../dev/store/start-store';
import { createDeliveries } from '../../factories/deliveries';
import { anOrder, aProfile, aShop } from '../../factories/loyalty';
import { demoDomain, storeWithApp } from '../../factories/shopper';
import { aTier } from '../../factories/tiers';
import { useTestDatabase } from '../../setup/database';

useTestDatabase();

let store: RunningStore;
beforeAll(async () => {
  store = await storeWithApp();
});
afterAll(() => store.close());

const now = new Date();
const owing = () => listShopsOwingStandings(prisma(), { now: new Date(Date.now() + 1_000) });

/** A customer of the stand-in store, known here, with points. */
async function aMember(shopId: number, email: string, points: number) {
  const { id: customerId } = createCustomer(store.store, store.store.getShop(demoDomain), { email });
  const profileId = await aProfile(shopId, { shopifyCustomerId: customerId });
  await withShop(shopId, (tx) =>
    adjustPoints(tx, { shopId, profileId, points, reason: 'test', staff: 'staff:1', key: email, now }),
  );
  return { customerId, profileId };
}

/** What the store has told since, to the app. */
async function deliver() {
  const told = store.store.deliveries.list();
  await createDeliveries(
    told.map(({ topic, body, webhookId, triggeredAt }) => ({
      topic,
      payload: body,
      shopDomain: demoDomain,
      webhookId,
      triggeredAt,
    })),
  );
  await drainInbox(demoDomain);
  return told.map(({ topic }) => topic);
}

function fieldsOf(customerId: bigint) {
  const fields = store.store
    .getShop(demoDomain)
    .metafields.filter(({ ownerGid }) => ownerGid === `gid://shopify/Customer/${customerId}`);
  return Object.fromEntries(fields.map(({ namespace, key, value }) => [`${namespace}.${key}`, value]));
}

it('themes can read points and tier, and hearing of the tag starts nothing anew', async () => {
  const { id: shopId } = await aShop({ domain: demoDomain });
  const shop = store.store.getShop(demoDomain);
  await aTier(shopId);
  await withShop(shopId, (tx) =>
    updateStandingSwitches(tx, { shopId, shareStandings: true, tagTiers: true, now }),
  );
  const anna = await aMember(shopId, 'anna@reach.example', 120);
  const gone = await aMember(shopId, 'gone@reach.example', 7);
  await anOrder(shopId, { profileId: anna.profileId, goods: '60' });
  await withShop(shopId, (tx) => applyTiers(tx, { shopId, profileIds: [anna.profileId], now }));
  deleteCustomer(store.store, shop, gone.customerId);

  const accessToken = issueAccessToken(shop, true).accessToken;
  const client = createShopifyClients({
    tokens: { accessToken: () => Promise.resolve(accessToken) },
    fetch: standInFetch(store.url),
  });
  const place = standingsInShopify(client(demoDomain));
  await standingsTold(shopId, place);

  expect(fieldsOf(anna.customerId)).toEqual({
    'app--1--loyalty.points': '120',
    'app--1--loyalty.tier': 'Gold',
  });
  expect(shop.metafieldDefinitions.map(({ key, storefront }) => [key, storefront])).toEqual([
    ['points', true],
    ['tier', true],
  ]);
  const tags = () => shop.customers.find(({ id }) => id === anna.customerId)?.tags;
  expect(tags()).toEqual(['Perennial tier: Gold']);
  const settings = await prisma().loyaltySettings.findUniqueOrThrow({ where: { shopId } });
  expect(settings.fieldsNamespace).toBe('app--1--loyalty');
  const refused = await prisma().toldStanding.findFirstOrThrow({ where: { customerId: gone.customerId } });
  expect(refused.error).toBe('Owner does not exist.');

  expect(await deliver()).toContain('customer.tags_added');
  expect(await owing()).not.toContain(shopId);

  await place.define(); // once more is fine
  await withShop(shopId, (tx) =>
    updateStandingSwitches(tx, { shopId, shareStandings: false, tagTiers: false, now }),
  );
  await standingsTold(shopId, place);
  expect(fieldsOf(anna.customerId)).toEqual({});
  expect(tags()).toEqual([]);
});
