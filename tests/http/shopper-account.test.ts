import { beforeEach, describe, expect, it } from 'vitest';
import {
  adjustPoints,
  ensureEarnRule,
  updateBirthday,
  updateEarnRule,
  updateExpiryRule,
  updateTierProgramme,
} from '~/modules/loyalty/index.server';
import { isoDayIn, type EarnActionDraft } from '~/modules/loyalty/types';
import { prisma, withShop } from '~/platform/db/index.server';
import { postPointsAndTiers } from '~/processes/post-points-and-tiers.server';
import { rewardRedeemed } from '~/processes/reward-redeemed.server';
import { loader } from '~/routes/api.shopper.account';
import { loader as orderLoader } from '~/routes/api.shopper.order';
import { anEarnAction } from '../factories/earning';
import { aProfile, aRefund, aShop, anOrder } from '../factories/loyalty';
import { aReward, FakeCodes } from '../factories/rewards';
import { shopperRequest, shopperToken, signedIn } from '../factories/shopper';
import { useTestDatabase } from '../setup/database';

useTestDatabase();

const dayMs = 86_400_000;
const now = new Date();
const launched = new Date(now.getTime() - 400 * dayMs);
let shop: { id: number; domain: string };
let customer = 7_600_000_000_000n;
let profileId = 0n;

beforeEach(async () => {
  shop = await aShop();
  customer += 1n;
  profileId = await aProfile(shop.id, { shopifyCustomerId: customer });
  await withShop(shop.id, (tx) => ensureEarnRule(tx, { shopId: shop.id, now: launched }));
});

async function ask(query = '', token: string | null = shopperToken(shop.domain, signedIn(customer))) {
  const request = shopperRequest(`/api/shopper/account${query}`, { token });
  const response = await loader({ request, params: {}, context: {} });
  expect(response.headers.get('Access-Control-Allow-Origin')).toBe('*');
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const post = (orderIds: bigint[]) =>
  withShop(shop.id, (tx) => postPointsAndTiers(tx, { shopId: shop.id, orderIds, profileIds: [], now }));
const order = (goods: string, processedAt = new Date(now.getTime() - dayMs)) =>
  anOrder(shop.id, { profileId, goods, processedAt });

describe('a customer’s account', () => {
  it('tells the balance and its history in plain terms', async () => {
    const orderId = await order('50');
    await post([orderId]);
    await aRefund(shop.id, orderId, '25');
    await post([orderId]);
    const { body } = await ask();
    const name = `#${orderId % 10_000n}`;
    expect(body).toMatchObject({
      status: 'member',
      balance: 25,
      pending: 0,
      pendingUntil: null,
      expiry: null,
      tier: null,
      nextCursor: null,
      history: [
        { meaning: 'order_half_refunded', order: name, points: -25, pending: 0 },
        { meaning: 'order_earned', order: name, points: 50, pending: 0 },
      ],
    });
  });

  it('tells until when points wait', async () => {
    await withShop(shop.id, (tx) =>
      updateEarnRule(tx, { shopId: shop.id, changes: { pendingDays: 14 }, now: launched }),
    );
    const placed = new Date(now.getTime() - dayMs);
    await post([await order('50', placed)]);
    expect((await ask()).body).toMatchObject({
      balance: 0,
      pending: 50,
      pendingUntil: new Date(placed.getTime() + 14 * dayMs).toISOString(),
    });
  });

  it('tells what is lost next, and the last day to spend it', async () => {
    await withShop(shop.id, (tx) =>
      updateExpiryRule(tx, { shopId: shop.id, mode: 'age', days: 60, now: launched }),
    );
    await post([await order('50')]);
    const lastDay = new Date(now.getTime() + 60 * dayMs).toISOString().slice(0, 10);
    expect((await ask()).body.expiry).toEqual({ points: 50, lastDay });
  });

  it('tells the tier, the rewards one can have and those to come, and the codes one has', async () => {
    const [cheap, dear] = [
      await aReward(shop.id, { points: 100, perCustomerLimit: 1 }),
      await aReward(shop.id, { points: 900 }),
    ];
    await withShop(shop.id, (tx) =>
      updateTierProgramme(tx, { shopId: shop.id, draft: tiers, now: launched }),
    );
    await post([await order('400')]);
    const { code } = await rewardRedeemed({
      shopId: shop.id,
      profileId,
      rewardId: cheap,
      key: 'a',
      codes: new FakeCodes(),
      now,
    });
    expect((await ask()).body).toMatchObject({
      balance: 300,
      tier: { name: 'Silver', next: { name: 'Gold', missing: '100', progress: 0.8 } },
      rewards: [
        { id: String(cheap), missing: 0, usedUp: true },
        { id: String(dear), missing: 600, usedUp: false },
      ],
      codes: [{ code, title: '5 € off' }],
      history: [
        { meaning: 'reward', title: '5 € off', points: -100 },
        { meaning: 'order_earned', points: 400 },
      ],
    });
  });

  it('comes in pages', async () => {
    for (let number = 1; number <= 25; number += 1) {
      await withShop(shop.id, (tx) =>
        adjustPoints(tx, {
          shopId: shop.id,
          profileId,
          points: number,
          reason: 'secret',
          staff: 'staff:1',
          key: `k${number}`,
          now,
        }),
      );
    }
    const first = (await ask()).body;
    const second = (await ask(`?cursor=${String(first.nextCursor)}`)).body;
    const points = [first, second].flatMap(({ history }) =>
      (history as { points: number }[]).map((line) => line.points),
    );
    expect(points).toEqual(Array.from({ length: 25 }, (_, index) => 25 - index));
    expect(second.nextCursor).toBeNull();
    expect(JSON.stringify([first, second])).not.toContain('secret');
  });

  it('asks for the birthday while it is not known and brings something', async () => {
    const asked = async () => (await ask()).body.birthday;
    expect(await asked()).toBeNull();
    const save = (changes: Partial<EarnActionDraft> = {}) =>
      anEarnAction(shop.id, { trigger: 'birthday', ...changes }, new Date());
    await save();
    expect(await asked()).toEqual({ points: 50 });
    await save({ endsOn: isoDayIn('UTC', new Date(now.getTime() - 2 * dayMs)) });
    expect(await asked()).toBeNull();
    await save({ enabled: false });
    await prisma().tierBenefit.create({ data: { shopId: shop.id, tierId: 3, birthdayPoints: 20 } });
    expect(await asked()).toEqual({ points: 0 });
    const told = { shopId: shop.id, profileId, birthday: { month: 2, day: 29 }, now };
    await withShop(shop.id, (tx) => updateBirthday(tx, told));
    expect(await asked()).toBeNull();
  });

  it('of somebody we have not heard of is empty', async () => {
    const { body } = await ask('', shopperToken(shop.domain, signedIn(1n)));
    expect(body).toMatchObject({ status: 'member', balance: 0, history: [], codes: [] });
  });

  it('of the same customer number in another shop is another one', async () => {
    await post([await order('50')]);
    const other = await aShop();
    const { body } = await ask('', shopperToken(other.domain, signedIn(customer)));
    expect(body).toMatchObject({ balance: 0, history: [] });
  });

  it('is off while nothing is earned and nothing is offered, and when the app is gone', async () => {
    await withShop(shop.id, (tx) =>
      updateEarnRule(tx, { shopId: shop.id, changes: { enabled: false }, now: new Date() }),
    );
    expect((await ask()).body).toEqual({ status: 'off' });
    const gone = await aShop({ status: 'uninstalled' });
    expect((await ask('', shopperToken(gone.domain, signedIn(customer)))).body).toEqual({ status: 'off' });
  });

  it.each([
    ['nobody', () => null, 401],
    ['another app', () => shopperToken(shop.domain, { ...signedIn(customer), aud: 'another-app' }), 401],
    ['a guest', () => shopperToken(shop.domain), 403],
  ])('is not for %s', async (_who, token, status) => {
    expect((await ask('', token())).status).toBe(status);
  });

  it('refuses a cursor that is none of ours', async () => {
    expect((await ask('?cursor=x')).status).toBe(400);
  });

  it('answers the preflight', async () => {
    const request = shopperRequest('/api/shopper/account', { token: null, method: 'OPTIONS' });
    expect((await loader({ request, params: {}, context: {} })).status).toBe(204);
  });
});

const tiers = {
  enabled: true,
  basis: 'net_spend' as const,
  span: 'lifetime' as const,
  graceDays: 0,
  tiers: [
    { id: null, name: 'Silver', threshold: '200', multiplier: '1', entryPoints: 0 },
    { id: null, name: 'Gold', threshold: '500', multiplier: '1', entryPoints: 0 },
  ],
};

describe('an order of theirs, on its status page', () => {
  async function askOrder(order: bigint | string, token = shopperToken(shop.domain, signedIn(customer))) {
    const request = shopperRequest(`/api/shopper/order?order=${order}`, { token });
    const response = await orderLoader({ request, params: {}, context: {} });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }

  it('tells what an order earned, after refunds and while it waits', async () => {
    const first = await anOrder(shop.id, { profileId, goods: '50', processedAt: now });
    await post([first]);
    expect((await askOrder(first)).body).toEqual({
      status: 'member',
      earned: { points: 50, pending: 0 },
      balance: 50,
      currency: 'EUR',
      tier: null,
    });
    await aRefund(shop.id, first, '25');
    await post([first]);
    expect((await askOrder(`gid://shopify/Order/${first}`)).body).toMatchObject({
      earned: { points: 25, pending: 0 },
      balance: 25,
    });
    await withShop(shop.id, (tx) =>
      updateEarnRule(tx, { shopId: shop.id, changes: { pendingDays: 14 }, now: launched }),
    );
    const waiting = await anOrder(shop.id, { profileId, goods: '10', processedAt: now });
    expect((await askOrder(waiting)).body).toMatchObject({ earned: { points: 0, pending: 0 } });
    await post([waiting]);
    expect((await askOrder(waiting)).body).toMatchObject({ earned: { points: 0, pending: 10 }, balance: 25 });
    expect((await askOrder(7n)).body).toMatchObject({ earned: null, balance: 25 }); // not heard of yet
  });

  it('says nothing of somebody else’s order, to a guest, or where it is not asked right', async () => {
    const theirs = await anOrder(shop.id, {
      profileId: await aProfile(shop.id, { shopifyCustomerId: customer + 500n }),
      goods: '90',
    });
    await post([theirs]);
    expect((await askOrder(theirs)).body).toMatchObject({ earned: null, balance: 0 });
    const elsewhere = await aShop();
    expect(
      (await askOrder(theirs, shopperToken(elsewhere.domain, signedIn(customer + 500n)))).body,
    ).not.toHaveProperty('earned.points');
    expect((await askOrder(theirs, shopperToken(shop.domain))).body).toEqual({ status: 'guest' });
    expect((await askOrder('x')).status).toBe(400);
    expect((await askOrder(theirs, 'no token')).status).toBe(401);
    expect((await askOrder(theirs, shopperToken('nobody.myshopify.com', signedIn(1n)))).body).toEqual({
      status: 'off',
    });
  });
});
