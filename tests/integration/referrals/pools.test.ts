import { describe, expect, it } from 'vitest';
import { findStock } from '~/modules/referrals/index.server';
import { prisma, withShop } from '~/platform/db/index.server';
import { filledPool, poolWorld } from '../../factories/offer-pools';
import { after } from '../../factories/referrals';
import type { FakeCodes } from '../../factories/rewards';
import { useTestDatabase } from '../../setup/database';

useTestDatabase();

describe('a stock of friends’ codes', () => {
  it('is there before the first friend, and is filled once, however often and at once the sweep runs', async () => {
    const w = await poolWorld();
    await w.sweep(-1, 3);
    for (const day of [-0.9, -0.8, -0.7]) await w.sweep(day);
    expect(w.inShopify()).toEqual([{ active: true, codes: 250 }]);
    expect(new Set((await w.free()).map(({ code }) => code))).toEqual(
      new Set([...w.codes.pools.values()].flatMap((pool) => [...pool.codes.keys()])),
    );
    expect([...w.codes.pools.values()][0]!.endsAt).toEqual(new Date((await w.pools())[0]!.endsAt!));
  });

  it('gives a friend their code without asking Shopify; 20 at once get 20; claiming again answers the same', async () => {
    const w = await filledPool();
    w.codes.faults = Array.from({ length: 40 }, () => 'silent' as const);
    const emails = Array.from(
      { length: 20 },
      (_, index) => `friend${'abcdefghijklmnopqrst'[index]!}@friend.example`,
    );
    const claims = await Promise.all(emails.map((email) => w.claim(email, { ip: email })));
    expect(claims.map(({ offerState }) => offerState)).toEqual(claims.map(() => 'made'));
    const given = new Set(claims.map(({ offerCode }) => offerCode));
    expect(given.size).toBe(20);
    const [pool] = [...w.codes.pools.values()];
    for (const code of given) expect(pool!.codes.has(code)).toBe(true);
    expect(await w.free()).toHaveLength(230);
    expect((await w.claim(emails[0])).offerCode).toBe(claims[0]!.offerCode);
    expect(await w.free()).toHaveLength(230);
    expect([w.codes.creations, w.codes.faults.length]).toEqual([0, 40]); // Shopify was asked nothing
  });

  it('a friend’s own discount remains the way when none is left, and the stock is filled again', async () => {
    const w = await filledPool();
    await prisma().referralPoolCode.deleteMany({ where: { shopId: w.shopId } });
    expect(await w.claim()).toMatchObject({ offerState: 'made', poolId: null });
    expect(w.codes.creations).toBe(1);
    await w.sweep(0.01);
    expect(await w.free()).toHaveLength(250);
    expect(await w.claim('other@friend.example')).toMatchObject({
      offerState: 'made',
      poolId: expect.any(BigInt) as bigint,
    });
    expect(w.codes.creations).toBe(1);
  });

  it('is filled in the end whenever somebody dies or Shopify is silent, and no code is given that is not there', async () => {
    for (let dies = 0; dies < 3; dies += 1) {
      for (const fault of ['silent', 'lost'] as const) {
        const w = await poolWorld();
        w.codes.faults = [...Array.from({ length: dies }, () => 'fine' as const), fault];
        for (let run = 0; run < 6; run += 1) await w.sweep(-1 + run * 0.05);
        const [pool] = await w.pools();
        expect(pool).toMatchObject({ state: 'open', attempts: 0, error: null, creationId: null });
        const codes = w.codes.pools.get(pool!.discountId!)!.codes;
        const free = await w.free();
        expect(free).toHaveLength(250);
        for (const { code, redeemId } of free) expect(codes.get(code)).toBe(redeemId);
      }
    }
  });

  it('what Shopify says no to is kept with its sentence, and friends get discounts of their own meanwhile', async () => {
    const w = await poolWorld();
    w.codes.faults = [{ refused: 'Too many discounts.' }];
    await w.sweep(-1);
    const stock = () => withShop(w.shopId, (tx) => findStock(tx, { shopId: w.shopId }));
    expect(await stock()).toEqual({ free: 0, error: 'Too many discounts.' });
    expect(await w.claim()).toMatchObject({ offerState: 'made', poolId: null });
    await w.sweep(1);
    expect(await stock()).toEqual({ free: 250, error: null });
  });

  it('one the merchant deleted in Shopify is replaced', async () => {
    const w = await filledPool();
    w.codes.pools.clear();
    await prisma().referralPoolCode.deleteMany({ where: { shopId: w.shopId } });
    await w.claim();
    for (const day of [0.1, 0.2]) await w.sweep(day);
    expect((await w.pools()).map(({ state }) => state)).toEqual(['closed', 'open']);
    expect(await w.free()).toHaveLength(250);
  });

  it('belongs to one shop', async () => {
    const [a, b] = [await filledPool(), await filledPool()];
    const [ofA, ofB] = [await a.claim(), await b.claim()];
    expect([...a.codes.pools.values()][0]!.codes.has(ofA.offerCode)).toBe(true);
    expect([...a.codes.pools.values()][0]!.codes.has(ofB.offerCode)).toBe(false);
    expect([await a.free(), await b.free()].map((rows) => rows.length)).toEqual([249, 249]);
  });
});

describe('other terms', () => {
  it('are another pool; the former ends when nobody can use a code of it any more', async () => {
    const w = await filledPool({ offerDays: null });
    const { offerCode } = await w.claim();
    await w.change({ rewardPoints: 700, offerDays: null }, 0.1); // what the advocate gets is none of the friend's terms
    expect(await w.pools()).toHaveLength(1);
    await w.change({ offerValue: '15', offerDays: null }, 0.2);
    expect(await w.claim('late@friend.example', { now: after(0.2) })).toMatchObject({ poolId: null });
    for (const day of [0.3, 0.4]) await w.sweep(day);
    expect(w.inShopify().map(({ active }) => active)).toEqual([true, true]);
    expect((await w.pools()).map(({ state }) => state)).toEqual(['closing', 'open']);
    await w.order({ discountCodes: [{ code: offerCode, kind: 'fixed_amount', amount: '10' }] });
    await w.sweep(2);
    expect(w.inShopify().map(({ active }) => active)).toEqual([false, true]);
    expect((await w.pools()).map(({ state }) => state)).toEqual(['closed', 'open']);
    await w.sweep(3);
    expect(await w.free()).toHaveLength(250);
  });

  it('two merchants’ hands at once, and back again, leave one pool that gives', async () => {
    const w = await filledPool();
    await Promise.all(['15', '16', '15', '16'].map((offerValue) => w.change({ offerValue }, 0)));
    for (const day of [0.1, 0.2, 0.3]) await w.sweep(day);
    const pools = await w.pools();
    expect(pools.filter(({ state }) => state === 'open')).toHaveLength(1);
    expect(w.inShopify().filter(({ active }) => active)).toHaveLength(1);
  });

  it('a programme that is switched off keeps its pool for a while, and begins no other', async () => {
    const w = await filledPool();
    await w.change({ enabled: false, offerValue: '15' }, 0);
    await w.sweep(1);
    expect(w.inShopify()).toEqual([{ active: true, codes: 250 }]);
    for (const day of [29, 29.1]) await w.sweep(day);
    expect((await w.pools()).map(({ state, nextAttemptAt }) => [state, nextAttemptAt])).toEqual([
      ['closed', null],
    ]);
    expect(w.inShopify()).toEqual([{ active: false, codes: 250 }]);
  });

  it('every 30 days another one takes over, so that Shopify ends the former even without us', async () => {
    const w = await filledPool();
    await w.sweep(29.5);
    await w.sweep(29.6);
    expect((await w.pools()).map(({ state }) => state)).toEqual(['closed', 'open']);
    expect(w.inShopify()).toEqual([
      { active: false, codes: 250 },
      { active: true, codes: 250 },
    ]);
  });
});

describe('a code out of a pool', () => {
  const has = (codes: FakeCodes, code: string) =>
    [...codes.pools.values()].some((pool) => pool.codes.has(code));

  it('ends alone when its referral is rejected, and the friend who is let through gets all days of another', async () => {
    const w = await filledPool();
    const { offerCode } = await w.claim();
    const other = await w.claim('other@friend.example', { ip: '2' });
    await w.decide('rejected', after(20));
    w.codes.faults = ['silent'];
    await w.sweep(20.1);
    expect([has(w.codes, offerCode), (await w.only()).offerState]).toEqual([true, 'ending']);
    for (const day of [20.2, 20.3]) await w.sweep(day, 2);
    expect([has(w.codes, offerCode), has(w.codes, other.offerCode)]).toEqual([false, true]);
    expect([w.inShopify()[0]!.active, (await w.only()).offerState]).toEqual([true, 'ended']);
    await w.decide('approved', after(25));
    await w.sweep(25.1);
    const now = await w.only();
    expect(now).toMatchObject({ offerState: 'made', poolId: null, offerExpiresAt: after(55) });
    expect(now.offerCode).not.toBe(offerCode);
  });

  it('also when the merchant thinks better of it before Shopify has ended the first', async () => {
    const w = await filledPool();
    await w.claim();
    await w.decide('rejected', after(20));
    await w.decide('approved', after(20.1));
    for (const day of [20.2, 20.3]) await w.sweep(day);
    const { offerState, poolId, offerExpiresAt } = await w.only();
    expect([offerState, poolId]).toEqual(['made', null]);
    expect(offerExpiresAt!.getTime()).toBeGreaterThanOrEqual(after(50.2).getTime());
  });

  it('is taken out of the pool when its days are over, and not before', async () => {
    const w = await filledPool();
    const { offerCode } = await w.claim();
    await w.sweep(28.9);
    expect([has(w.codes, offerCode), (await w.only()).offerState]).toEqual([true, 'made']);
    for (const day of [30, 30.1]) await w.sweep(day);
    expect([has(w.codes, offerCode), (await w.only()).offerState]).toEqual([false, 'expired']);
    await w.decide('rejected', after(31));
    await w.decide('approved', after(32));
    await w.sweep(33);
    expect((await w.only()).offerState).toBe('expired'); // it had all of its days
  });
});
