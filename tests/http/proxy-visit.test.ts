import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { getBalance } from '~/modules/loyalty/index.server';
import { clock } from '~/platform/clock.server';
import { prisma, withShop } from '~/platform/db/index.server';
import { loader } from '~/routes/proxy.visit';
import { anEarnAction } from '../factories/earning';
import { aProfile, aShop } from '../factories/loyalty';
import { proxiedRequest } from '../factories/proxied';
import { useTestDatabase } from '../setup/database';

useTestDatabase();

const url = 'https://social.example/fern';
let shop: { id: number; domain: string };
let profileId = 0n;
let customer = 7_300_000_000_000n;

beforeEach(async () => {
  shop = await aShop();
  customer += 1n;
  profileId = await aProfile(shop.id, { shopifyCustomerId: customer });
});

afterEach(() => clock.moveTo(0));

const link = (shopId: number, over = {}) =>
  anEarnAction(shopId, { trigger: 'social_visit', title: 'Visit us', capPeriod: 'month', url, ...over });
async function visit(query: Record<string, string> = {}, changes: Record<string, string> = {}) {
  const who = { shop: shop.domain, logged_in_customer_id: String(customer) };
  const request = proxiedRequest('/proxy/visit', { ...who, ...query }, changes);
  const response = await loader({ request, params: {}, context: {} }).catch((thrown: unknown) => {
    if (thrown instanceof Response) return thrown;
    throw thrown;
  });
  return [response.status, response.headers.get('location')];
}
const points = async () =>
  (await withShop(shop.id, (tx) => getBalance(tx, { shopId: shop.id, profileId }))).points;

describe('our link to the shop’s page elsewhere', () => {
  it('leads there, and the visit counts once per period however often and at once it is followed', async () => {
    await link(shop.id);
    clock.moveTo(Date.parse('2026-05-20T12:00:00Z') - Date.now());
    expect(await visit()).toEqual([302, url]);
    await Promise.all(Array.from({ length: 10 }, () => visit()));
    expect(await points()).toBe(50);
    clock.moveTo(Date.parse('2026-06-01T12:00:00Z') - Date.now());
    await visit();
    expect(await points()).toBe(100);
    const told = await prisma().timelineEvent.findMany({ where: { shopId: shop.id, kind: 'event_earned' } });
    expect(told.map(({ data }) => data)).toEqual([1, 2].map(() => ({ title: 'Visit us', points: 50 })));
  });

  it('leads guests and strangers there too, who earn nothing; another shop’s customer is a stranger', async () => {
    await link(shop.id);
    expect(await visit({ logged_in_customer_id: '' })).toEqual([302, url]);
    expect(await visit({ logged_in_customer_id: '1' })).toEqual([302, url]);
    const other = await aShop();
    await link(other.id);
    expect(await visit({ shop: other.domain })).toEqual([302, url]);
    expect(await prisma().earnEvent.count({ where: { shopId: { in: [shop.id, other.id] } } })).toBe(0);
  });

  it('leads home where there is none, or it is switched off; and refuses what Shopify did not sign', async () => {
    const home = [302, `https://${shop.domain}`];
    expect(await visit()).toEqual(home);
    await link(shop.id, { url: null });
    expect(await visit()).toEqual(home);
    await link(shop.id, { enabled: false });
    expect(await visit()).toEqual(home);
    expect((await visit({}, { logged_in_customer_id: '5' }))[0]).toBe(400);
    expect(await points()).toBe(0);
  });
});
