import { afterEach, describe, expect, it } from 'vitest';
import { getBalance, listUnknownPayments, updateReward } from '~/modules/loyalty/index.server';
import type { Redemption, RewardTerms } from '~/modules/loyalty/types';
import { clock } from '~/platform/clock.server';
import { prisma, withShop } from '~/platform/db/index.server';
import { paymentSettled } from '~/processes/payment-settled.server';
import { redemptionCancelled } from '~/processes/redemption-cancelled.server';
import { redemptionsFinished } from '~/processes/redemptions-finished.server';
import { rewardRedeemed } from '~/processes/reward-redeemed.server';
import { aShop, ledgerTotals } from '../../factories/loyalty';
import { aMember, aReward, FakeCodes, rewardNow as now, rewardTerms } from '../../factories/rewards';
import { useTestDatabase } from '../../setup/database';

useTestDatabase();

const minutes = (count: number): Date => new Date(now.getTime() + count * 60_000);

async function world(terms: Partial<RewardTerms>, points = 1_200) {
  const { id: shopId } = await aShop();
  const profileId = await aMember(shopId, points);
  const rewardId = await aReward(shopId, terms);
  const codes = new FakeCodes();
  const command = { shopId, profileId, rewardId, codes, now };
  return {
    shopId,
    profileId,
    rewardId,
    codes,
    redeem: (key: string, more: { points?: number } = {}) => rewardRedeemed({ ...command, key, ...more }),
    cancel: ({ id }: Redemption) => redemptionCancelled({ shopId, profileId, redemptionId: id, codes, now }),
    settle: ({ id }: Redemption, paid: boolean, at = profileId) =>
      paymentSettled({ shopId, profileId: at, redemptionId: id, paid, staff: 'staff:7', now }),
    sweep: async (after: number) => {
      clock.moveTo(minutes(after).getTime() - Date.now());
      await redemptionsFinished(shopId, codes);
    },
    balance: async () => (await withShop(shopId, (tx) => getBalance(tx, { shopId, profileId }))).points,
    stored: (id: bigint) => prisma().redemption.findFirstOrThrow({ where: { shopId, id } }),
  };
}

afterEach(async () => {
  clock.moveTo(0);
  expect(await ledgerTotals()).toEqual({ drifted: 0, sum: 0n, unbalanced: 0 });
});

describe('store credit', () => {
  const credit = { kind: 'store_credit', value: '5' } as const;

  it('is paid in the shop’s currency, once, however often it is asked for and all at once', async () => {
    const { codes, redeem, balance } = await world(credit);
    const all = await Promise.all(Array.from({ length: 8 }, () => redeem('a')));
    all.push(await redeem('a'));
    expect(new Set(all.map(({ id }) => id)).size).toBe(1);
    expect(codes.payments).toEqual([
      { customer: expect.any(BigInt) as bigint, amount: '5', currency: 'EUR' },
    ]);
    expect(await redeem('a')).toMatchObject({ state: 'confirmed', spent: 500 });
    expect(await balance()).toBe(700);
  });

  it('whose answer is lost is paid no second time by itself: the merchant says that it was', async () => {
    const { shopId, codes, redeem, settle, sweep, balance } = await world(credit);
    codes.faults = ['lost'];
    const redemption = await redeem('a');
    expect(redemption).toMatchObject({ state: 'unknown', held: 500 });
    for (const after of [2, 60, 3_000]) await sweep(after);
    expect(codes.payments).toHaveLength(1);
    expect(await redeem('a')).toMatchObject({ state: 'unknown' });
    const listUnknown = (of: number) => withShop(of, (tx) => listUnknownPayments(tx, { shopId: of }));
    expect(await listUnknown(shopId)).toMatchObject([{ id: redemption.id }]);
    expect(await listUnknown((await aShop()).id)).toEqual([]);
    for (let run = 0; run < 2; run += 1)
      expect(await settle(redemption, true)).toMatchObject({ state: 'confirmed', spent: 500, held: 0 });
    await expect(settle(redemption, false)).rejects.toMatchObject({ code: 'conflict' });
    expect(await balance()).toBe(700);
  });

  it('or that it was not, and the points are back', async () => {
    const { codes, redeem, settle, balance } = await world(credit);
    codes.faults = ['lost'];
    const redemption = await redeem('a');
    await Promise.all([settle(redemption, false), settle(redemption, false)]);
    expect(await balance()).toBe(1_200);
    await expect(settle(redemption, true)).rejects.toMatchObject({ code: 'conflict' });
    const elsewhere = await world(credit);
    await expect(settle(redemption, true, elsewhere.profileId)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('is unknown when whoever asked for it died before hearing the answer', async () => {
    const { codes, redeem, sweep, stored } = await world(credit);
    codes.faults = ['silent'];
    const { id } = await redeem('a');
    await prisma().redemption.updateMany({ where: { id }, data: { sentAt: minutes(1) } });
    await sweep(2);
    expect((await stored(id)).state).toBe('reserved'); // it may be on its way
    await sweep(10);
    expect((await stored(id)).state).toBe('unknown');
    expect(codes.payments).toHaveLength(0);
  });

  it('is asked for again when Shopify surely did not pay, and given up after a day', async () => {
    const { codes, redeem, sweep, stored, balance } = await world(credit);
    codes.faults = ['silent'];
    const { id, state } = await redeem('a');
    expect(state).toBe('reserved');
    await sweep(2);
    expect(await stored(id)).toMatchObject({ state: 'confirmed', error: null });
    expect(codes.payments).toHaveLength(1);
    codes.faults = ['silent', 'silent'];
    const second = await redeem('b');
    await sweep(25 * 60);
    expect((await stored(second.id)).state).toBe('released');
    expect(await balance()).toBe(700);
  });

  it('that Shopify refuses leaves the points, with a sentence; what was paid is not taken back', async () => {
    const { codes, redeem, cancel, balance } = await world(credit);
    codes.faults = [{ refused: 'No such currency.' }];
    await expect(redeem('a')).rejects.toMatchObject({
      userMessage: 'No such currency. The points are back.',
    });
    expect(await balance()).toBe(1_200);
    await expect(cancel(await redeem('b'))).rejects.toMatchObject({ code: 'conflict' });
    expect(await balance()).toBe(700);
  });
});

describe('a gift card', () => {
  const card = { kind: 'gift_card', value: '5', validityDays: 30 } as const;

  it('is made once with a code of ours, also when the answer is lost, and ends by the shop’s calendar', async () => {
    const { codes, redeem, sweep, stored, balance } = await world(card);
    codes.faults = ['lost'];
    const { id, state } = await redeem('a');
    expect(state).toBe('reserved');
    await sweep(2);
    const { code, state: after } = await stored(id);
    expect(after).toBe('confirmed');
    expect(code).toMatch(/^[A-Z2-9]{16}$/);
    expect(codes.cards.get(code)).toMatchObject({ amount: '5', lastDay: '2026-05-31' });
    expect([codes.creations, await balance()]).toEqual([1, 700]);
  });

  it('is taken back while nothing was spent from it, twice as once', async () => {
    const { codes, redeem, cancel, balance } = await world(card);
    const redemption = await redeem('a');
    for (let run = 0; run < 2; run += 1) await cancel(redemption);
    expect(codes.cards.get(redemption.code)?.ended).toBe(true);
    expect(await balance()).toBe(1_200);
    const spent = await redeem('b');
    codes.cards.get(spent.code)!.left = '4.99';
    await expect(cancel(spent)).rejects.toMatchObject({ code: 'conflict' });
    expect([codes.cards.get(spent.code)?.ended, await balance()]).toEqual([false, 700]);
  });

  it('gives nothing back by itself when its last day is over: it was the customer’s', async () => {
    const { redeem, sweep, balance } = await world(card);
    await redeem('a');
    await sweep(60 * 24 * 40);
    expect(await balance()).toBe(700);
  });
});

describe('a free product', () => {
  async function withProduct(price: string | null) {
    const made = await world({ kind: 'free_product', value: null, variantId: '42' });
    const { shopId } = made;
    if (price !== null)
      await prisma().product.create({
        data: {
          shopId,
          id: 7n,
          title: 'Fern',
          status: 'active',
          shopifyUpdatedAt: now,
          variants: { create: { id: 42n, title: 'Small', price } },
        },
      });
    return made;
  }

  it('takes off what one piece costs when it is redeemed', async () => {
    const { shopId, redeem, codes } = await withProduct('19.9');
    expect((await redeem('a')).terms).toMatchObject({ value: '19.9', variantId: '42' });
    await prisma().productVariant.updateMany({ where: { shopId }, data: { price: '25' } });
    expect((await redeem('b')).terms.value).toBe('25');
    expect((await redeem('a')).terms.value).toBe('19.9');
    expect(codes.creations).toBe(2);
  });

  it.each([null, '0'])('that is not sold (any more): nothing is spent (%s)', async (price) => {
    const { redeem, balance } = await withProduct(price);
    await expect(redeem('a')).rejects.toMatchObject({ code: 'invalid', reason: 'not_offered' });
    expect(await balance()).toBe(1_200);
  });
});

describe('points the shopper chooses', () => {
  const slider = { value: null, points: 200, slider: { perUnit: 100, most: 1_000, step: 50 } };

  it('are worth what the slider says, and the same command keeps its choice', async () => {
    const { redeem, balance, rewardId, shopId } = await world(slider);
    expect(await redeem('a', { points: 350 })).toMatchObject({
      points: 350,
      terms: { value: '3.5', points: 350, slider: null },
    });
    expect(await balance()).toBe(850);
    await expect(redeem('a', { points: 400 })).rejects.toMatchObject({ code: 'conflict' });
    await withShop(shopId, (tx) =>
      updateReward(tx, { shopId, rewardId, terms: rewardTerms({ ...slider, points: 400 }), now }),
    );
    expect(await redeem('a', { points: 350 })).toMatchObject({ points: 350 });
    expect(await redeem('b')).toMatchObject({ points: 400, terms: { value: '4' } });
  });

  it.each([199, 201, 1_050, 0, -200])(
    'are on a step between the least and the most: not %d',
    async (points) => {
      const { redeem, balance } = await world(slider);
      await expect(redeem('a', { points })).rejects.toMatchObject({ reason: 'points_not_offered' });
      expect(await balance()).toBe(1_200);
    },
  );

  it('are worth whole coins of the shop’s currency', async () => {
    const { redeem, rewardId, shopId } = await world(slider);
    await prisma().shop.update({ where: { id: shopId }, data: { currency: 'JPY' } });
    expect(await redeem('yen', { points: 350 })).toMatchObject({ terms: { value: '3' } });
    await withShop(shopId, (tx) =>
      updateReward(tx, {
        shopId,
        rewardId,
        terms: rewardTerms({ ...slider, slider: { ...slider.slider, perUnit: 500 } }),
        now,
      }),
    );
    await expect(redeem('nothing', { points: 250 })).rejects.toMatchObject({ reason: 'points_not_offered' });
  });

  it('can’t be more than there are, nor chosen where the price is fixed', async () => {
    const poor = await world(slider, 300);
    await expect(poor.redeem('a', { points: 350 })).rejects.toMatchObject({ reason: 'too_few_points' });
    const fixed = await world({});
    await expect(fixed.redeem('a', { points: 600 })).rejects.toMatchObject({ reason: 'points_not_offered' });
    expect(await fixed.redeem('a', { points: 500 })).toMatchObject({ points: 500 });
  });

  it('make money of any kind, and no reward that leads nowhere', async () => {
    const { redeem, codes } = await world({ ...slider, kind: 'store_credit' });
    await redeem('a', { points: 1_000 });
    expect(codes.payments).toMatchObject([{ amount: '10' }]);
    const { id: shopId } = await aShop();
    for (const wrong of [
      { ...slider, kind: 'percentage' as const },
      { ...slider, slider: { perUnit: 100, most: 200, step: 1 } },
      { ...slider, slider: { perUnit: 100, most: 300, step: 101 } },
      { ...slider, slider: { perUnit: 20_001, most: 30_000, step: 100 } },
      { kind: 'free_product' as const, value: null },
    ])
      await expect(aReward(shopId, wrong)).rejects.toMatchObject({ code: 'invalid' });
  });
});

describe('a reward of a tier', () => {
  it('is for its members only, also when they fall', async () => {
    const { shopId, profileId, redeem } = await world({ tierIds: [2] });
    const put = (tierId: number | null) =>
      prisma().profileTier.upsert({
        where: { shopId_profileId: { shopId, profileId } },
        create: { shopId, profileId, version: 1, tierId, inGrace: false, figure: 0 },
        update: { tierId },
      });
    await expect(redeem('a')).rejects.toMatchObject({ reason: 'other_tier' });
    await put(1);
    await expect(redeem('a')).rejects.toMatchObject({ reason: 'other_tier' });
    await put(2);
    expect(await redeem('a')).toMatchObject({ state: 'confirmed' });
    await put(null);
    await expect(redeem('b')).rejects.toMatchObject({ reason: 'other_tier' });
    expect(await redeem('a')).toMatchObject({ state: 'confirmed' });
  });
});
