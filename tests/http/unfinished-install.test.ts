import { beforeAll, expect, it, vi } from 'vitest';
import { getShopView } from '~/modules/insights/index.server';
import { ensureShop } from '~/modules/shops/index.server';
import { prisma, withShop } from '~/platform/db/index.server';
import { sessionStorage } from '~/platform/sessions/session-storage.server';
import { requireShop } from '~/shopify.server';
import { offlineSession } from '../factories/session';
import { sessionToken } from '../factories/session-token';
import { useTestDatabase } from '../setup/database';

useTestDatabase();

const domain = 'unfinished.myshopify.com';
const shopDetails = {
  shop: {
    name: 'Fern & Field',
    contactEmail: 'shop@example.com',
    currencyCode: 'EUR',
    ianaTimezone: 'Europe/Vienna',
    primaryDomain: { url: 'https://fern.example' },
    plan: { publicDisplayName: 'Basic' },
    shopAddress: { countryCodeV2: 'AT' },
  },
  currentAppInstallation: { accessScopes: [{ handle: 'read_orders' }] },
};

beforeAll(async () => {
  // The session is there before the shop is asked who it is, and the other half of a page asks in between.
  await ensureShop(prisma(), { domain, now: new Date() });
  await sessionStorage.storeSession(offlineSession(domain));
});

/** What both loaders of a page begin with, and what they then show of the shop. */
async function openPage() {
  const shop = `https://${domain}`;
  const authorization = `Bearer ${sessionToken({ iss: `${shop}/admin`, dest: shop, sub: '42', sid: 'y' })}`;
  const headers = { authorization, 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Chrome/143.0.0.0' };
  const { shopId } = await requireShop(new Request('https://perennial.test/app', { headers }));
  return withShop(shopId, (tx) => getShopView(tx, { shopId }));
}

it('the first page of an install waits until the shop is known: no money in a currency that is not its own', async () => {
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json({ data: shopDetails })));
  const shown = await Promise.all([openPage(), openPage()]);
  for (const view of shown) expect(view).toMatchObject({ name: 'Fern & Field', currency: 'EUR' });
  // What else belongs to it is done as well, so that its deliveries are processed.
  const shop = await prisma().shop.findUniqueOrThrow({ where: { domain } });
  expect(shop).toMatchObject({ status: 'active', timeZone: 'Europe/Vienna' });
  expect(await prisma().earnRule.count({ where: { shopId: shop.id } })).toBe(1);
});
