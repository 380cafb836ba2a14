import { afterEach, describe, expect, it } from 'vitest';
import { dispatch } from '~/ingest/dispatch.server';
import { noFacts } from '~/ingest/facts';
import { readEvent } from '~/ingest/read-event';
import { getBalance } from '~/modules/loyalty/index.server';
import type { RewardTerms } from '~/modules/loyalty/types';
import { clock } from '~/platform/clock.server';
import { prisma, withShop } from '~/platform/db/index.server';
import { redemptionCancelled } from '~/processes/redemption-cancelled.server';
import { redemptionsFinished } from '~/processes/redemptions-finished.server';
import { rewardRedeemed } from '~/processes/reward-redeemed.server';
import { aShop } from '../../factories/loyalty';
import { aMember, aReward, rewardTerms } from '../../factories/rewards';
import { useStoreOfCodes } from '../../factories/store-of-codes';
import { useTestDatabase } from '../../setup/database';

useTestDatabase();
const store = useStoreOfCodes();
const now = new Date(Date.now() - 60_000);

async function world(terms: Partial<RewardTerms> = {}) {
  const { id: shopId } = await aShop();
  const profileId = await aMember(shopId, 1_000);
  const rewardId = await aReward(shopId, { points: 100, ...terms });
  const [customer, stranger] = store.shop().customers;
  await prisma().profile.updateMany({
    where: { id: profileId },
    data: { shopifyCustomerId: customer!.id },
  });
  const codes = await store.codes();
  const redeem = () => rewardRedeemed({ shopId, profileId, rewardId, key: 'a', codes, now });
  return { shopId, profileId, codes, redeem, customer: customer!, stranger: stranger! };
}

describe('a code Shopify is asked about', () => {
  it('is open, used, or gone', async () => {
    const { redeem, codes, customer } = await world();
    const { code, expiresAt: endsAt } = await redeem();
    const id = (await codes.find(code))!;
    const told = await codes.inspect([id, 1n]);
    expect(told.get(id)).toEqual({ state: 'open', used: false, startsAt: now, endsAt });
    expect(told.get(1n)).toEqual({ state: 'gone', used: false, startsAt: null, endsAt: null });
    await store.buy(customer.id, code);
    expect((await codes.inspect([id])).get(id)).toEqual({ state: 'open', used: true, startsAt: now, endsAt });
  });

  it('has ended when we ended it', async () => {
    const { redeem, codes } = await world();
    const id = (await codes.find((await redeem()).code))!;
    await codes.disable(id);
    expect((await codes.inspect([id])).get(id)).toMatchObject({ state: 'ended', used: false });
  });
});

describe('a discount the merchant changes in the store', () => {
  afterEach(() => clock.moveTo(0));

  it('tells the app, which asks, follows, and ends it again once its points are back', async () => {
    const { shopId, redeem, codes, customer } = await world();
    const { id, code, discountId } = await redeem();
    const change = (body: unknown) => store.control(`/discounts/${discountId}`, body);
    /** What the store has sent is read and handled as the inbox does it. */
    const settle = async () => {
      const facts = noFacts();
      for (const event of store.sent()) expect(readEvent(facts, event).status).toBe('done');
      await withShop(shopId, (tx) => dispatch(tx, { shopId, facts, now: clock.now(), historic: false }));
      await redemptionsFinished(shopId, codes);
      return facts.discountChanges.length;
    };
    const row = () => prisma().redemption.findFirstOrThrow({ where: { shopId, id } });
    await change({ endsAt: '2099-01-01T00:00:00Z' });
    expect(await settle()).toBe(1);
    expect((await row()).expiresAt).toEqual(new Date('2099-01-01T00:00:00Z'));
    await change({ startsAt: '2098-01-01T00:00:00Z' });
    expect(await settle()).toBe(1);
    expect((await row()).startsAt).toEqual(new Date('2098-01-01T00:00:00Z'));
    expect(await store.buy(customer.id, code)).toContain('valid discount code');
    expect((await change({ startsAt: '2100-01-01T00:00:00Z' })).status).toBe(422);
    await change({ active: true });
    await settle();
    expect((await row()).startsAt).toBeNull();
    await change({ active: false });
    await settle();
    const { expiresAt, state } = await row();
    expect([state, expiresAt! <= new Date()]).toEqual(['confirmed', true]);
    expect(await store.buy(customer.id, code)).toContain('expired');
    clock.moveTo(25 * 60 * 60 * 1_000);
    await settle();
    expect(await row()).toMatchObject({ state: 'cancelled', spent: 0n });
    await change({ active: true });
    expect(await settle()).toBe(1);
    expect(await store.buy(customer.id, code)).toContain('expired');
    expect(await settle()).toBe(1); // the echo of our own change
    await change({ active: true });
    expect(store.sent()).toHaveLength(1); // and is lost
    clock.moveTo(50 * 60 * 60 * 1_000);
    expect(await settle()).toBe(0);
    expect(await store.buy(customer.id, code)).toContain('expired');
    expect(await row()).toMatchObject({ state: 'cancelled', spent: 0n, attempts: 0 });
  });
});

describe('a code in the store', () => {
  it('takes the amount off for its customer, once, and for nobody else', async () => {
    const { redeem, customer, stranger } = await world();
    const { code, state } = await redeem();
    expect(state).toBe('confirmed');
    expect(await store.buy(stranger.id, code)).toContain('another customer');
    expect(await store.buy(customer.id, code)).toEqual({ code, amount: '5.00', type: 'fixed_amount' });
    expect(await store.buy(customer.id, code)).toContain('used already');
  });

  it('takes a percentage off, from its minimum on', async () => {
    const { redeem, customer } = await world({
      kind: 'percentage',
      value: '12.5',
      minimumSubtotal: '1000000',
    });
    const { code } = await redeem();
    expect(store.shop().discounts[0]).toMatchObject({ kind: 'percentage', value: 12.5 });
    expect(await store.buy(customer.id, code)).toContain('below the minimum');
  });

  it('ships for free', async () => {
    const { redeem, customer } = await world({ kind: 'free_shipping', value: null });
    const { code } = await redeem();
    const shop = store.shop();
    shop.freeShippingFrom = 1_000_000_00;
    expect(await store.buy(customer.id, code)).toMatchObject({ code, type: 'shipping' });
    expect(shop.orders.at(-1)).toMatchObject({ shipping: 0 });
  });

  it('is made once when the answer is lost', async () => {
    const { redeem } = await world();
    store.loseNext = true;
    expect((await redeem()).state).toBe('confirmed');
    expect(store.requests).toBeGreaterThan(2); // made, refused as taken, found
    expect(store.shop().discounts).toHaveLength(1);
  });

  it('ends when the reward is given back, also twice; one that was deleted is ended', async () => {
    const { shopId, profileId, codes, redeem, customer } = await world();
    const { id: redemptionId, code, discountId } = await redeem();
    for (let run = 0; run < 2; run += 1)
      await redemptionCancelled({ shopId, profileId, redemptionId, codes, now });
    expect(await store.buy(customer.id, code)).toContain('expired');
    const { points } = await withShop(shopId, (tx) => getBalance(tx, { shopId, profileId }));
    expect(points).toBe(1_000);
    expect(await codes.disable(discountId!)).toEqual({ used: false });
    expect(await codes.disable(999n)).toEqual({ used: false });
    for (let run = 0; run < 2; run += 1) await codes.remove(discountId!);
    expect(await store.buy(customer.id, code)).toContain('valid discount code');
    expect(await codes.disable(discountId!)).toEqual({ used: false });
  });

  it('that was used is not given back', async () => {
    const { shopId, profileId, codes, redeem, customer } = await world();
    const { id: redemptionId, code } = await redeem();
    await store.buy(customer.id, code);
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
    const codes = await store.codes();
    const shopifyCustomerId = customerId ?? store.shop().customers[0]!.id;
    const wanted = { code: 'P-1', terms: rewardTerms(), shopifyCustomerId, startsAt: now, endsAt: null };
    const answer = await codes.create({ ...wanted, ...changes });
    expect('refused' in answer && answer.refused).toContain(sentence);
    expect(await codes.find('P-1')).toBeNull();
  });

  it('without the permission nothing is made, and it is tried again later', async () => {
    const codes = await store.codes();
    await store.control('/scopes', { scopes: ['read_customers', 'read_orders', 'read_products'] });
    const wanted = { code: 'P-2', terms: rewardTerms(), shopifyCustomerId: 1n, startsAt: now, endsAt: null };
    await expect(codes.create(wanted)).rejects.toMatchObject({ code: 'unavailable' });
  });
});

describe('a free product in the store', () => {
  it('is one piece of it for nothing, and no other product', async () => {
    const { codes, customer } = await world();
    const shop = store.shop();
    const { id, price } = shop.products[0]!.variants[0]!;
    const terms = {
      ...rewardTerms({ kind: 'free_product', variantId: String(id) }),
      value: String(price / 100),
    };
    await codes.create({ code: 'P-3', terms, shopifyCustomerId: customer.id, startsAt: now, endsAt: null });
    expect(await store.buy(customer.id, 'P-3', 1, 1)).toContain('another product');
    expect(await store.buy(customer.id, 'P-3', 3)).toMatchObject({ amount: (price / 100).toFixed(2) });
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
    shopifyCustomerId: store.shop().customers[0]!.id,
    amount: '12.5',
    currency: 'EUR',
    lastDay: null,
    note: 'a reward',
    ...changes,
  });
  const credit = (changes: object = {}) => ({
    shopifyCustomerId: store.shop().customers[0]!.id,
    amount: '5',
    currency: 'EUR',
    endsAt: null,
    ...changes,
  });

  it('a gift card is made once when the answer is lost, found again, and ended while it is full', async () => {
    const codes = await store.codes();
    store.loseNext = true;
    const made = await codes.createGiftCard(card());
    const { giftCards } = store.shop();
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
    const codes = await store.codes();
    store.loseNext = true;
    expect(await codes.payCredit(credit())).toBe('unknown');
    expect(store.requests).toBe(1);
    expect(store.shop().storeCredits).toMatchObject([{ amount: 500, notify: true }]);
    expect(await codes.payCredit(credit())).toHaveProperty('discountId');
    expect(store.shop().storeCredits).toHaveLength(2);
  });

  it.each([
    ['a customer who is gone', { shopifyCustomerId: 1n }, 'does not exist'],
    ['more than Shopify allows', { amount: '2000.01' }, 'Lower its value'],
    ['nothing', { amount: '0' }, 'Raise its value'],
    ['a last day that is over', { lastDay: '2020-01-01' }, 'Change them'],
  ])('no gift card for %s', async (_what, changes, sentence) => {
    const answer = await (await store.codes()).createGiftCard(card(changes));
    expect('refused' in answer && answer.refused).toContain(sentence);
  });

  it.each([
    ['a customer who is gone', { shopifyCustomerId: 1n }, 'does not exist'],
    ['more than Shopify allows', { amount: '15000.01' }, 'Lower the value'],
    ['nothing', { amount: '0' }, 'Raise its value'],
    ['another currency', { currency: 'USD' }, 'no store credit in the currency'],
    ['an end that is over', { endsAt: new Date(0) }, 'Give the reward more days'],
  ])('no store credit for %s', async (_what, changes, sentence) => {
    const answer = await (await store.codes()).payCredit(credit(changes));
    expect(answer).toMatchObject({ refused: expect.stringContaining(sentence) as string });
    expect(store.shop().storeCredits).toEqual([]);
  });

  it('without the permission nothing was paid for sure, so it is tried again later', async () => {
    const codes = await store.codes();
    await store.control('/scopes', { scopes: ['read_customers', 'read_orders', 'read_products'] });
    await expect(codes.payCredit(credit())).rejects.toMatchObject({ code: 'unavailable' });
    await expect(codes.createGiftCard(card())).rejects.toMatchObject({ code: 'unavailable' });
  });
});
