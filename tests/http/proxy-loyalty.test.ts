import { beforeEach, describe, expect, it } from 'vitest';
import {
  adjustPoints,
  ensureEarnRule,
  updateCampaign,
  updateEarnRule,
  updateTierProgramme,
} from '~/modules/loyalty/index.server';
import type { CampaignDraft, EarnRuleChanges } from '~/modules/loyalty/types';
import { withShop } from '~/platform/db/index.server';
import { loader } from '~/routes/proxy.loyalty';
import { aProfile, aShop } from '../factories/loyalty';
import { aProduct } from '../factories/order-lines';
import { proxiedRequest } from '../factories/proxied';
import { aReward } from '../factories/rewards';
import { useTestDatabase } from '../setup/database';

useTestDatabase();

const now = new Date();
const launched = new Date('2026-01-01T00:00:00Z');
let shop: { id: number; domain: string };
let customer = 7_500_000_000_000n;

beforeEach(async () => {
  shop = await aShop();
  customer += 1n;
  const profileId = await aProfile(shop.id, { shopifyCustomerId: customer });
  await withShop(shop.id, async (tx) => {
    await ensureEarnRule(tx, { shopId: shop.id, now: launched });
    const gift = { shopId: shop.id, profileId, points: 120, reason: 'gift', staff: 'staff:1', key: 'a', now };
    await adjustPoints(tx, gift);
  });
});

async function ask(query: Record<string, string> = {}, changes: Record<string, string> = {}) {
  const who = { shop: shop.domain, logged_in_customer_id: String(customer) };
  const request = proxiedRequest('/proxy/loyalty', { ...who, ...query }, changes);
  const response = await loader({ request, params: {}, context: {} }).catch((thrown: unknown) => {
    if (thrown instanceof Response) return thrown;
    throw thrown;
  });
  const body = await response.text();
  return { status: response.status, body: body.startsWith('{') ? (JSON.parse(body) as object) : body };
}

describe('the programme on the shop’s own pages', () => {
  it('tells a guest how it works', async () => {
    const rewardId = await aReward(shop.id, { points: 100 });
    await withShop(shop.id, (tx) =>
      updateTierProgramme(tx, { shopId: shop.id, draft: tiers, now: launched }),
    );
    const { status, body } = await ask({ logged_in_customer_id: '' });
    expect(status).toBe(200);
    expect(body).toEqual({
      status: 'guest',
      currency: 'EUR',
      pointsPerUnit: '1',
      basis: 'net_spend',
      tiers: [{ name: 'Silver', threshold: '200', multiplier: '1.5' }],
      rewards: [
        {
          id: String(rewardId),
          title: '5 € off',
          kind: 'amount_off',
          points: 100,
          slider: null,
          minimum: null,
          missing: 100,
          usedUp: false,
          onlyFor: [],
        },
      ],
    });
  });

  it('tells a member their points too, and no codes', async () => {
    await aReward(shop.id, { points: 100 });
    const { body } = await ask();
    expect(body).toMatchObject({ status: 'member', balance: 120, pending: 0, rewards: [{ missing: 0 }] });
    expect(body).not.toHaveProperty('codes');
  });

  it('tells what a product earns', async () => {
    expect(await ask({ total: '19.90', currency: 'EUR' })).toEqual({ status: 200, body: { earns: 19 } });
    expect((await ask({ total: 'x', currency: 'EUR' })).status).toBe(400);
    expect((await ask({ total: '1', currency: 'EUR', product: 'x' })).status).toBe(400);
  });

  it('tells what a product earns by the campaigns and the list of goods it is in', async () => {
    await aProduct(shop.id, 7n, { collectionIds: [3n] });
    await aProduct(shop.id, 8n, { tags: ['Sale'] });
    const draft: CampaignDraft = {
      ...{ title: 'x', enabled: true, factor: '3', productIds: [], tags: [], collectionIds: [3n] },
      ...{ scope: 'collections', startsOn: null, endsOn: null, minimum: null, maxExtra: null },
    };
    const changes: EarnRuleChanges = { scope: 'tags', tags: ['sale'], allBut: true };
    await withShop(shop.id, async (tx) => {
      await updateCampaign(tx, { shopId: shop.id, id: null, draft, now: launched });
      await updateEarnRule(tx, { shopId: shop.id, changes, now: launched });
    });
    const earns = async (product?: string) =>
      (await ask({ total: '20', currency: 'EUR', ...(product && { product }), logged_in_customer_id: '' }))
        .body;
    expect(await earns('7')).toEqual({ earns: 60 });
    expect(await earns('8')).toEqual({ earns: 0 });
    expect(await earns('9')).toEqual({ earns: 20 });
    expect(await earns()).toEqual({ earns: 0 });
  });

  it('the same customer number in another shop is another person', async () => {
    const other = await aShop();
    expect((await ask({ shop: other.domain })).body).toMatchObject({ status: 'member', balance: 0 });
  });

  it('is off for a shop that left', async () => {
    const gone = await aShop({ status: 'uninstalled' });
    expect((await ask({ shop: gone.domain })).body).toEqual({ status: 'off' });
  });

  it.each<[string, Record<string, string>, Record<string, string>]>([
    ['another customer than Shopify signed', {}, { logged_in_customer_id: '1' }],
    ['another shop than Shopify signed', {}, { shop: 'other.myshopify.com' }],
    ['no signature', {}, { signature: '' }],
    ['an old signature', { timestamp: String(Math.floor(Date.now() / 1_000) - 600) }, {}],
  ])('refuses %s', async (_what, query, changes) => {
    expect((await ask(query, changes)).status).toBe(400);
  });
});

const tiers = {
  enabled: true,
  basis: 'net_spend' as const,
  span: 'lifetime' as const,
  graceDays: 0,
  tiers: [{ id: null, name: 'Silver', threshold: '200', multiplier: '1.5', entryPoints: 0 }],
};
