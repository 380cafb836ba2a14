import { beforeEach, describe, expect, it } from 'vitest';
import { getBalance } from '~/modules/loyalty/index.server';
import { prisma, withShop } from '~/platform/db/index.server';
import { action } from '~/routes/proxy.redeem';
import { proxiedRequest } from '../factories/proxied';
import { aShop } from '../factories/loyalty';
import { aMember, aReward } from '../factories/rewards';
import { useTestDatabase } from '../setup/database';

useTestDatabase();

let shop: { id: number; domain: string };
let profileId = 0n;
let customer = '';
let rewardId = 0n;

beforeEach(async () => {
  shop = await aShop();
  profileId = await aMember(shop.id, 1_000);
  rewardId = await aReward(shop.id, { points: 400 });
  const profile = await prisma().profile.findFirstOrThrow({ where: { id: profileId } });
  customer = String(profile.shopifyCustomerId);
});

async function redeem(
  body: object = { rewardId: String(rewardId), key: 'a-press-of-a-button' },
  {
    query = {},
    changes = {},
    type = 'application/json',
  }: { query?: Record<string, string>; changes?: Record<string, string>; type?: string } = {},
) {
  const who = { shop: shop.domain, logged_in_customer_id: customer };
  const signed = proxiedRequest('/proxy/redeem', { ...who, ...query }, changes);
  const headers = new Headers(signed.headers);
  headers.set('Content-Type', type);
  const request = new Request(signed.url, { method: 'POST', headers, body: JSON.stringify(body) });
  const response = await action({ request, params: {}, context: {} }).catch((thrown: unknown) => {
    if (thrown instanceof Response) return thrown;
    throw thrown;
  });
  const text = await response.text();
  return { status: response.status, body: text.startsWith('{') ? (JSON.parse(text) as object) : text };
}

const balance = async () =>
  (await withShop(shop.id, (tx) => getBalance(tx, { shopId: shop.id, profileId }))).points;

describe('redeeming on the shop’s own pages', () => {
  it('sets the points aside for whoever Shopify signed, once per press (the shop’s token is missing: it waits)', async () => {
    const [first, second] = await Promise.all([redeem(), redeem()]);
    expect([first, second]).toEqual(Array(2).fill({ status: 202, body: { status: 'preparing' } }));
    expect(await balance()).toBe(600);
  });

  it('is refused in words: too few points, another shop’s reward, a guest', async () => {
    const dear = await aReward(shop.id, { points: 5_000 });
    expect(await redeem({ rewardId: String(dear), key: 'another-press' })).toMatchObject({
      status: 400,
      body: { reason: 'too_few_points' },
    });
    const theirs = await aReward((await aShop()).id, { points: 1 });
    expect((await redeem({ rewardId: String(theirs), key: 'another-press' })).status).toBe(404);
    expect(await redeem(undefined, { query: { logged_in_customer_id: '' } })).toMatchObject({
      status: 403,
      body: { reason: 'guest' },
    });
    expect(await balance()).toBe(1_000);
  });

  it.each([
    ['is not signed for that customer', { changes: { logged_in_customer_id: '1' } }],
    ['is a form a page of somebody else could send', { type: 'application/x-www-form-urlencoded' }],
    ['is text', { type: 'text/plain' }],
  ])('nothing happens when the request %s', async (_what, options) => {
    expect((await redeem(undefined, options)).status).toBe(400);
    expect(await balance()).toBe(1_000);
  });
});
