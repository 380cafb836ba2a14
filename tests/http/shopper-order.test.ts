import { beforeEach, expect, it } from 'vitest';
import { ensureEarnRule, updateEarnRule } from '~/modules/loyalty/index.server';
import { withShop } from '~/platform/db/index.server';
import { postPointsAndTiers } from '~/processes/post-points-and-tiers.server';
import { loader } from '~/routes/api.shopper.order';
import { anOrder, aProfile, aRefund, aShop } from '../factories/loyalty';
import { shopperRequest, shopperToken, signedIn } from '../factories/shopper';
import { useTestDatabase } from '../setup/database';

useTestDatabase();

const now = new Date();
const launched = new Date(now.getTime() - 400 * 86_400_000);
let shop: { id: number; domain: string };
let customer = 7_650_000_000_000n;
let profileId = 0n;

beforeEach(async () => {
  shop = await aShop();
  customer += 1n;
  profileId = await aProfile(shop.id, { shopifyCustomerId: customer });
  await withShop(shop.id, (tx) => ensureEarnRule(tx, { shopId: shop.id, now: launched }));
});

async function ask(order: bigint | string, token = shopperToken(shop.domain, signedIn(customer))) {
  const request = shopperRequest(`/api/shopper/order?order=${order}`, { token });
  const response = await loader({ request, params: {}, context: {} });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const post = (orderIds: bigint[]) =>
  withShop(shop.id, (tx) => postPointsAndTiers(tx, { shopId: shop.id, orderIds, profileIds: [], now }));

it('tells what an order earned, after refunds and while it waits', async () => {
  const first = await anOrder(shop.id, { profileId, goods: '50', processedAt: now });
  await post([first]);
  expect((await ask(first)).body).toEqual({
    status: 'member',
    earned: { points: 50, pending: 0 },
    balance: 50,
    currency: 'EUR',
    tier: null,
  });
  await aRefund(shop.id, first, '25');
  await post([first]);
  expect((await ask(`gid://shopify/Order/${first}`)).body).toMatchObject({
    earned: { points: 25, pending: 0 },
    balance: 25,
  });
  await withShop(shop.id, (tx) =>
    updateEarnRule(tx, { shopId: shop.id, changes: { pendingDays: 14 }, now: launched }),
  );
  const waiting = await anOrder(shop.id, { profileId, goods: '10', processedAt: now });
  expect((await ask(waiting)).body).toMatchObject({ earned: { points: 0, pending: 0 } });
  await post([waiting]);
  expect((await ask(waiting)).body).toMatchObject({ earned: { points: 0, pending: 10 }, balance: 25 });
  expect((await ask(7n)).body).toMatchObject({ earned: null, balance: 25 }); // not heard of yet
});

it('says nothing of somebody else’s order, to a guest, or where it is not asked right', async () => {
  const theirs = await anOrder(shop.id, {
    profileId: await aProfile(shop.id, { shopifyCustomerId: customer + 500n }),
    goods: '90',
  });
  await post([theirs]);
  expect((await ask(theirs)).body).toMatchObject({ earned: null, balance: 0 });
  const elsewhere = await aShop();
  expect(
    (await ask(theirs, shopperToken(elsewhere.domain, signedIn(customer + 500n)))).body,
  ).not.toHaveProperty('earned.points');
  expect((await ask(theirs, shopperToken(shop.domain))).body).toEqual({ status: 'guest' });
  expect((await ask('x')).status).toBe(400);
  expect((await ask(theirs, 'no token')).status).toBe(401);
  expect((await ask(theirs, shopperToken('nobody.myshopify.com', signedIn(1n)))).body).toEqual({
    status: 'off',
  });
});
