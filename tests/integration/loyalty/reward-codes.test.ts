import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { getBalance, shopifyCodes } from '~/modules/loyalty/index.server';
import type { RewardTerms } from '~/modules/loyalty/types';
import { prisma, withShop } from '~/platform/db/index.server';
import { standInFetch } from '~/platform/sessions/stand-in-fetch.server';
import { createShopifyClients } from '~/platform/shopify/index.server';
import { redemptionCancelled } from '~/processes/redemption-cancelled.server';
import { rewardRedeemed } from '~/processes/reward-redeemed.server';
import { startStore, type RunningStore } from '../../../dev/store/start-store';
import { aShop } from '../../factories/loyalty';
import { aMember, aReward, rewardTerms } from '../../factories/rewards';
import { useTestDatabase } from '../../setup/database';

useTestDatabase();

const domain = 'perennial-demo.myshopify.com';
const now = new Date(Date.now() - 60_000);
let store: RunningStore;
let requests = 0;
/** Loses the answer of the next request after the store has done what it asked. */
let loseNext = false;

beforeEach(async () => {
  store = await startStore({
    port: 0,
    appUrl: 'http://localhost:1',
    tomlPath: 'shopify.app.toml',
    retryDelaysMs: [],
  });
  await control('/install', {});
  requests = 0;
});
afterEach(() => store.close());

async function call(path: string, body?: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(`${store.url}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as unknown };
}
const control = (path: string, body?: unknown) => call(`/control/${domain}${path}`, body);

/** The app's own client, against the stand-in store. */
async function codesOfStore() {
  const { token } = z
    .object({ token: z.string() })
    .parse((await call(`/control/admin-token?shop=${domain}`)).body);
  const grant = await call(
    '/admin/oauth/access_token',
    {
      client_id: 'perennial-demo-key',
      client_secret: 'perennial-demo-secret',
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      subject_token: token,
      subject_token_type: 'urn:ietf:params:oauth:token-type:id_token',
      requested_token_type: 'urn:shopify:params:oauth:token-type:offline-access-token',
      expiring: '1',
    },
    { 'x-standin-shop': domain },
  );
  const accessToken = z.object({ access_token: z.string() }).parse(grant.body).access_token;
  const send = standInFetch(store.url);
  const client = createShopifyClients({
    tokens: { accessToken: () => Promise.resolve(accessToken) },
    pauseMs: () => Promise.resolve(),
    fetch: async (input, init) => {
      requests += 1;
      const response = await send(input, init);
      if (!loseNext) return response;
      loseNext = false;
      throw new Error('connection reset');
    },
  });
  return shopifyCodes(client(domain));
}

async function world(terms: Partial<RewardTerms> = {}) {
  const { id: shopId } = await aShop();
  const profileId = await aMember(shopId, 1_000);
  const rewardId = await aReward(shopId, { points: 100, ...terms });
  const [customer, stranger] = store.store.getShop(domain).customers;
  await prisma().profile.updateMany({
    where: { id: profileId },
    data: { shopifyCustomerId: customer!.id },
  });
  const codes = await codesOfStore();
  const redeem = () => rewardRedeemed({ shopId, profileId, rewardId, key: 'a', codes, now });
  return { shopId, profileId, codes, redeem, customer: customer!, stranger: stranger! };
}

async function buy(customerId: bigint, discountCode: string, quantity = 1, product = 0) {
  const variant = store.store.getShop(domain).products[product]!.variants[0]!;
  const checkout = await control('/checkouts', {
    lines: [{ variantId: String(variant.id), quantity }],
    customerId: String(customerId),
    discountCode,
  });
  if (checkout.status >= 400) return z.object({ error: z.string() }).parse(checkout.body).error;
  const { token } = z.object({ token: z.string() }).parse(checkout.body);
  const order = await control(`/checkouts/${token}/pay`, {});
  return z
    .object({ discount_codes: z.array(z.object({ code: z.string(), amount: z.string(), type: z.string() })) })
    .parse(order.body).discount_codes[0];
}

describe('a code whose validity is over', () => {
  it('is known to be used, unused or running on, and so is one that is gone', async () => {
    const { redeem, codes, customer } = await world();
    const { code } = await redeem();
    const id = (await codes.find(code))!;
    expect((await codes.inspect([id, 1n])).get(id)).toBe('running');
    expect((await codes.inspect([id, 1n])).get(1n)).toBe('unused');
    await buy(customer.id, code);
    expect((await codes.inspect([id])).get(id)).toBe('used');
  });

  it('counts as unused when it ended', async () => {
    const { redeem, codes } = await world();
    const id = (await codes.find((await redeem()).code))!;
    await codes.disable(id);
    expect((await codes.inspect([id])).get(id)).toBe('unused');
  });
});

describe('a code in the store', () => {
  it('takes the amount off for its customer, once, and for nobody else', async () => {
    const { redeem, customer, stranger } = await world();
    const { code, state } = await redeem();
    expect(state).toBe('confirmed');
    expect(await buy(stranger.id, code)).toContain('another customer');
    expect(await buy(customer.id, code)).toEqual({ code, amount: '5.00', type: 'fixed_amount' });
    expect(await buy(customer.id, code)).toContain('used already');
  });

  it('takes a percentage off, from its minimum on', async () => {
    const { redeem, customer } = await world({
      kind: 'percentage',
      value: '12.5',
      minimumSubtotal: '1000000',
    });
    const { code } = await redeem();
    expect(store.store.getShop(domain).discounts[0]).toMatchObject({ kind: 'percentage', value: 12.5 });
    expect(await buy(customer.id, code)).toContain('below the minimum');
  });

  it('ships for free', async () => {
    const { redeem, customer } = await world({ kind: 'free_shipping', value: null });
    const { code } = await redeem();
    const shop = store.store.getShop(domain);
    shop.freeShippingFrom = 1_000_000_00;
    expect(await buy(customer.id, code)).toMatchObject({ code, type: 'shipping' });
    expect(shop.orders.at(-1)).toMatchObject({ shipping: 0 });
  });

  it('is made once when the answer is lost', async () => {
    const { redeem } = await world();
    loseNext = true;
    expect((await redeem()).state).toBe('confirmed');
    expect(requests).toBeGreaterThan(2); // made, refused as taken, found
    expect(store.store.getShop(domain).discounts).toHaveLength(1);
  });

  it('ends when the reward is given back, also twice; one that was deleted is ended', async () => {
    const { shopId, profileId, codes, redeem, customer } = await world();
    const { id: redemptionId, code, discountId } = await redeem();
    for (let run = 0; run < 2; run += 1)
      await redemptionCancelled({ shopId, profileId, redemptionId, codes, now });
    expect(await buy(customer.id, code)).toContain('expired');
    const { points } = await withShop(shopId, (tx) => getBalance(tx, { shopId, profileId }));
    expect(points).toBe(1_000);
    expect(await codes.disable(discountId!)).toEqual({ used: false });
    expect(await codes.disable(999n)).toEqual({ used: false });
  });

  it('that was used is not given back', async () => {
    const { shopId, profileId, codes, redeem, customer } = await world();
    const { id: redemptionId, code } = await redeem();
    await buy(customer.id, code);
    await expect(redemptionCancelled({ shopId, profileId, redemptionId, codes, now })).rejects.toMatchObject({
      code: 'conflict',
    });
  });
});

describe('what Shopify refuses becomes a sentence, and the points are back', () => {
  it.each([
    ['a customer who is gone', {}, 1n, 'does not exist in Shopify'],
    ['a code that ends before it begins', { endsAt: new Date(0) }, null, 'ended before it began'],
    ['a value it does not take', { terms: rewardTerms({ kind: 'percentage', value: '0' }) }, null, 'value'],
    ['a name that is too long', { terms: rewardTerms({ title: 'x'.repeat(300) }) }, null, 'too long'],
    [
      'a combination it does not allow',
      { terms: rewardTerms({ kind: 'free_shipping', value: null, combinesWithShipping: true }) },
      null,
      'combine',
    ],
  ])('%s', async (_name, changes, customerId, sentence) => {
    const codes = await codesOfStore();
    const shopifyCustomerId = customerId ?? store.store.getShop(domain).customers[0]!.id;
    const wanted = { code: 'P-1', terms: rewardTerms(), shopifyCustomerId, startsAt: now, endsAt: null };
    const answer = await codes.create({ ...wanted, ...changes });
    expect('refused' in answer && answer.refused).toContain(sentence);
    expect(await codes.find('P-1')).toBeNull();
  });

  it('without the permission nothing is made, and it is tried again later', async () => {
    const codes = await codesOfStore();
    await control('/scopes', { scopes: ['read_customers', 'read_orders', 'read_products'] });
    const wanted = { code: 'P-2', terms: rewardTerms(), shopifyCustomerId: 1n, startsAt: now, endsAt: null };
    await expect(codes.create(wanted)).rejects.toMatchObject({ code: 'unavailable' });
  });
});

describe('a discount with many codes in the store', () => {
  const pool = { code: 'F-FIRST', terms: rewardTerms({ title: 'Referral' }), startsAt: now, endsAt: null };
  const made = async () => {
    const codes = await codesOfStore();
    const answer = await codes.createPool({ ...pool, shopifyCustomerId: null, purpose: 'referral' });
    return { codes, discountId: 'discountId' in answer ? answer.discountId : 0n };
  };
  const added = async (w: Awaited<ReturnType<typeof made>>, wanted: string[]) => {
    const answer = await w.codes.addCodes(w.discountId, wanted);
    if (typeof answer !== 'object' || !('creationId' in answer)) throw new Error('not asked for');
    await vi.waitFor(async () =>
      expect(await w.codes.followCodes(answer.creationId)).toMatchObject({ done: true }),
    );
    const told = await w.codes.followCodes(answer.creationId);
    const [creation] = store.store.getShop(domain).codeCreations;
    creation!.done = false;
    expect(await w.codes.followCodes(creation!.id)).toEqual({ done: false });
    creation!.done = true;
    return told?.done ? told.codes : [];
  };

  it('each code works once, whoever used others, until it is taken out', async () => {
    const w = await made();
    const codes = await added(w, ['F-1', 'F-2', 'F-3']);
    expect(codes).toMatchObject([{ code: 'F-1', problem: null }, { code: 'F-2' }, { code: 'F-3' }]);
    const [customer, other] = store.store.getShop(domain).customers;
    expect(await buy(customer!.id, 'f-1')).toMatchObject({ code: 'F-1', amount: '5.00' });
    expect(await buy(other!.id, 'F-1')).toContain('used already');
    expect(await buy(other!.id, 'F-2')).toMatchObject({ code: 'F-2', amount: '5.00' });
    for (let run = 0; run < 2; run += 1) await w.codes.removeCode(w.discountId, codes[2]!.redeemId!);
    expect(await buy(customer!.id, 'F-3')).toContain('valid discount code');
    expect([...(await w.codes.listCodes(w.discountId)).keys()].sort()).toEqual(['F-1', 'F-2', 'F-FIRST']);
    await w.codes.disable(w.discountId);
    expect(await buy(customer!.id, 'F-2')).toContain('expired');
  });

  it('codes whose adding nobody noted are taken, and found with their numbers', async () => {
    const w = await made();
    const [first] = await added(w, ['F-1']);
    expect(await added(w, ['F-1', 'F-2'])).toMatchObject([
      { code: 'F-1', redeemId: null, problem: null },
      { code: 'F-2', redeemId: expect.any(BigInt) as bigint },
    ]);
    expect((await w.codes.listCodes(w.discountId)).get('F-1')).toBe(first!.redeemId);
  });

  it('says no in words about friends’ offers, and knows when it is gone', async () => {
    const { codes, discountId } = await made();
    expect(await codes.addCodes(1n, ['F-9'])).toBe('gone');
    expect(await codes.addCodes(discountId, [''])).toMatchObject({
      refused: expect.stringContaining('referral settings') as string,
    });
    await expect(codes.addCodes(discountId, Array<string>(251).fill('F-9'))).rejects.toThrow();
    expect(await codes.followCodes(1n)).toBeNull();
    expect(await codes.listCodes(1n)).toEqual(new Map());
    await codes.removeCode(1n, 1n);
    const terms = rewardTerms({ kind: 'percentage', value: '0' });
    const wanted = { ...pool, terms, code: 'F-8', shopifyCustomerId: null, purpose: 'referral' } as const;
    expect(await codes.create(wanted)).toMatchObject({
      refused: expect.stringContaining('what friends are offered') as string,
    });
  });
});

describe('a free product in the store', () => {
  it('is one piece of it for nothing, and no other product', async () => {
    const { codes, customer } = await world();
    const shop = store.store.getShop(domain);
    const { id, price } = shop.products[0]!.variants[0]!;
    const terms = {
      ...rewardTerms({ kind: 'free_product', variantId: String(id) }),
      value: String(price / 100),
    };
    await codes.create({ code: 'P-3', terms, shopifyCustomerId: customer.id, startsAt: now, endsAt: null });
    expect(await buy(customer.id, 'P-3', 1, 1)).toContain('another product');
    expect(await buy(customer.id, 'P-3', 3)).toMatchObject({ amount: (price / 100).toFixed(2) });
    const gone = { ...terms, variantId: '1' };
    const answer = await codes.create({
      code: 'P-4',
      terms: gone,
      shopifyCustomerId: customer.id,
      startsAt: now,
      endsAt: null,
    });
    expect(answer).toMatchObject({ refused: expect.stringContaining('Choose its product again') as string });
  });
});

describe('money in the store', () => {
  const card = (changes: object = {}) => ({
    code: 'ABCDEFGHJKMNPQRS',
    shopifyCustomerId: store.store.getShop(domain).customers[0]!.id,
    amount: '12.5',
    currency: 'EUR',
    lastDay: null,
    note: 'a reward',
    ...changes,
  });
  const credit = (changes: object = {}) => ({
    shopifyCustomerId: store.store.getShop(domain).customers[0]!.id,
    amount: '5',
    currency: 'EUR',
    endsAt: null,
    ...changes,
  });

  it('a gift card is made once when the answer is lost, found again, and ended while it is full', async () => {
    const codes = await codesOfStore();
    loseNext = true;
    const made = await codes.createGiftCard(card());
    const { giftCards } = store.store.getShop(domain);
    expect(giftCards).toMatchObject([{ value: 1_250, balance: 1_250, note: 'a reward' }]);
    const id = giftCards[0]!.id;
    expect(made).toEqual({ discountId: id });
    expect(await codes.findGiftCard('ABCDEFGHJKMNPQRS')).toBe(id);
    expect(await codes.findGiftCard('ABCDEFGHJKMNPQRT')).toBeNull();
    giftCards[0]!.balance = 1_000;
    expect(await codes.disableGiftCard(id)).toEqual({ used: true });
    expect(giftCards[0]!.deactivatedAt).toBeNull();
    giftCards[0]!.balance = 1_250;
    for (let run = 0; run < 2; run += 1) expect(await codes.disableGiftCard(id)).toEqual({ used: false });
    expect(giftCards[0]!.deactivatedAt).not.toBeNull();
    expect(await codes.disableGiftCard(1n)).toEqual({ used: false });
  });

  it('store credit whose answer is lost is unknown, and was asked for once', async () => {
    const codes = await codesOfStore();
    loseNext = true;
    expect(await codes.payCredit(credit())).toBe('unknown');
    expect(requests).toBe(1);
    expect(store.store.getShop(domain).storeCredits).toMatchObject([{ amount: 500, notify: true }]);
    expect(await codes.payCredit(credit())).toHaveProperty('discountId');
    expect(store.store.getShop(domain).storeCredits).toHaveLength(2);
  });

  it.each([
    ['a customer who is gone', { shopifyCustomerId: 1n }, 'does not exist'],
    ['more than Shopify allows', { amount: '2000.01' }, 'Lower its value'],
    ['nothing', { amount: '0' }, 'Raise its value'],
    ['a last day that is over', { lastDay: '2020-01-01' }, 'Change them'],
  ])('no gift card for %s', async (_what, changes, sentence) => {
    const answer = await (await codesOfStore()).createGiftCard(card(changes));
    expect('refused' in answer && answer.refused).toContain(sentence);
  });

  it.each([
    ['a customer who is gone', { shopifyCustomerId: 1n }, 'does not exist'],
    ['more than Shopify allows', { amount: '15000.01' }, 'Lower the value'],
    ['nothing', { amount: '0' }, 'Raise its value'],
    ['another currency', { currency: 'USD' }, 'no store credit in the currency'],
    ['an end that is over', { endsAt: new Date(0) }, 'Give the reward more days'],
  ])('no store credit for %s', async (_what, changes, sentence) => {
    const answer = await (await codesOfStore()).payCredit(credit(changes));
    expect(answer).toMatchObject({ refused: expect.stringContaining(sentence) as string });
    expect(store.store.getShop(domain).storeCredits).toEqual([]);
  });

  it('without the permission nothing was paid for sure, so it is tried again later', async () => {
    const codes = await codesOfStore();
    await control('/scopes', { scopes: ['read_customers', 'read_orders', 'read_products'] });
    await expect(codes.payCredit(credit())).rejects.toMatchObject({ code: 'unavailable' });
    await expect(codes.createGiftCard(card())).rejects.toMatchObject({ code: 'unavailable' });
  });
});
