import { describe, expect, it } from 'vitest';
import { findStock } from '~/modules/referrals/index.server';
import { prisma, withShop } from '~/platform/db/index.server';
import { discountsChanged } from '~/processes/discounts-changed.server';
import { filledPool } from '../../factories/offer-pools';
import { after, friend } from '../../factories/referrals';
import { useTestDatabase } from '../../setup/database';

useTestDatabase();

describe('a discount the merchant changes in Shopify', () => {
  /** Told three times at once, then asked about. */
  const told = async (w: Awaited<ReturnType<typeof filledPool>>, discountId: bigint | null, days: number) => {
    const facts = [{ discountId: discountId! }, { discountId: 999n }];
    const tell = () =>
      withShop(w.shopId, (tx) => discountsChanged(tx, { shopId: w.shopId, facts, now: after(days) }));
    await Promise.all([tell(), tell(), tell()]);
    await w.sweep(days, 2);
  };

  it('gives no codes while it is off, and does again when it is on; what friends have ends with it', async () => {
    const w = await filledPool();
    const [before, later] = [await w.claim(), await w.claim('second@friend.example', { ip: '2' })];
    await w.order({ discountCodes: [{ code: before.offerCode, kind: 'fixed_amount', amount: '10' }] });
    const [pool] = await w.pools();
    const inShopify = w.codes.pools.get(pool!.discountId!)!;
    const until = inShopify.endsAt;
    const friends = async () =>
      (await prisma().referral.findMany({ where: { shopId: w.shopId }, orderBy: { id: 'asc' } })).map(
        ({ offerExpiresAt }) => offerExpiresAt,
      );
    const note = () => withShop(w.shopId, (tx) => findStock(tx, { shopId: w.shopId }));
    inShopify.endsAt = after(2);
    await told(w, pool!.discountId, 2);
    expect(await friends()).toEqual([after(30), after(2)]);
    expect(await note()).toMatchObject({
      free: 248,
      error: expect.stringContaining('switched off') as string,
    });
    const meanwhile = await w.claim('third@friend.example', { ip: '3', now: after(2.1) });
    expect(meanwhile).toMatchObject({ offerState: 'made', poolId: null });
    inShopify.endsAt = until;
    await told(w, pool!.discountId, 3);
    expect(await friends()).toEqual([after(30), after(30), after(32.1)]);
    expect(await note()).toEqual({ free: 248, error: null });
    expect(await w.claim('fourth@friend.example', { ip: '4', now: after(3) })).toMatchObject({
      poolId: pool!.id,
    });
    expect(later.poolId).toBe(pool!.id);
    expect(await w.pools()).toMatchObject([{ state: 'open', endsAt: until, attempts: 0 }]);
  });

  it('that starts later gives no codes until then; what friends have is good from then on', async () => {
    const w = await filledPool();
    const before = await w.claim();
    const [pool] = await w.pools();
    w.codes.pools.get(pool!.discountId!)!.startsAt = after(5);
    await told(w, pool!.discountId, 2);
    expect(await w.only()).toMatchObject({ offerStartsAt: after(5), offerExpiresAt: after(30) });
    expect(await w.claim(friend, { now: after(3) })).toMatchObject({ offerCode: before.offerCode });
    const meanwhile = await w.claim('second@friend.example', { ip: '2', now: after(3) });
    expect(meanwhile).toMatchObject({ offerState: 'made', poolId: null, offerStartsAt: null });
    const { discountId } = await prisma().referral.findFirstOrThrow({ where: { id: meanwhile.id } });
    Object.assign(w.codes.made.get(meanwhile.offerCode)!, { startsAt: after(4) });
    await told(w, discountId, 3);
    expect(await prisma().referral.findFirst({ where: { id: meanwhile.id } })).toMatchObject({
      offerState: 'made',
      offerStartsAt: after(4),
    });
    const later = await w.claim('third@friend.example', { ip: '3', now: after(5) });
    expect(later.poolId).toBe(pool!.id);
    await w.sweep(6);
    expect(await w.only()).toMatchObject({ offerStartsAt: null });
    expect(await w.pools()).toMatchObject([{ error: null, startsAt: null }]);
  });

  it('is found on again, gone, or too short for what friends are promised without the news of it', async () => {
    const [w, endless] = [await filledPool(), await filledPool({ offerDays: null })];
    const [pool] = await w.pools();
    const inShopify = w.codes.pools.get(pool!.discountId!)!;
    inShopify.endsAt = after(29); // friends are promised 30 days
    await told(w, pool!.discountId, 0.1);
    expect(await w.claim()).toMatchObject({ poolId: null });
    inShopify.endsAt = null;
    await w.sweep(1.2);
    expect(await w.claim('second@friend.example', { ip: '2', now: after(1.2) })).toMatchObject({
      poolId: pool!.id,
    });
    w.codes.pools.clear();
    await told(w, pool!.discountId, 2);
    expect((await w.pools()).map(({ state }) => state)).toEqual(['closed', 'open']);
    const [other] = await endless.pools();
    endless.codes.pools.get(other!.discountId!)!.endsAt = after(3_000);
    await told(endless, other!.discountId, 1);
    expect(await endless.claim()).toMatchObject({ poolId: null });
  });

  it('of one friend’s own ends then, is on again with it, and is another when it is gone', async () => {
    const w = await filledPool();
    await prisma().referralPoolCode.deleteMany({ where: { shopId: w.shopId } });
    const { offerCode } = await w.claim();
    const { discountId } = await w.only();
    for (const endsAt of [after(2), null, after(50)]) {
      w.codes.made.get(offerCode)!.endsAt = endsAt;
      await told(w, discountId, 2);
      expect(await w.only()).toMatchObject({
        offerState: 'made',
        offerExpiresAt: endsAt,
        nextAttemptAt: null,
      });
    }
    w.codes.made.delete(offerCode);
    await told(w, discountId, 3);
    await w.sweep(3.1);
    const renewed = await w.only();
    expect(renewed.offerState).toBe('made');
    expect(renewed.offerExpiresAt! >= after(33)).toBe(true);
    expect(renewed.offerCode).not.toBe(offerCode);
  });

  it('gives a friend who comes back another code, once, when theirs ended before its days were over', async () => {
    const w = await filledPool();
    const pooled = await w.claim();
    await prisma().referralPoolCode.deleteMany({ where: { shopId: w.shopId } });
    const { offerCode: own } = await w.claim('own@friend.example', { ip: '2' });
    const returns = (email: string, days: number) =>
      Promise.all([1, 2, 3].map(() => w.claim(email, { now: after(days) })));
    const [pool] = await w.pools();
    const discountId = pool!.discountId!;
    expect(await w.claim(friend, { now: after(1) })).toMatchObject({ offerCode: pooled.offerCode });
    w.codes.pools.get(discountId)!.endsAt = after(2);
    w.codes.made.get(own)!.endsAt = after(2);
    await told(w, discountId, 2);
    const { discountId: ownId } = await prisma().referral.findFirstOrThrow({ where: { offerCode: own } });
    await told(w, ownId, 2);
    for (const email of [friend, 'own@friend.example']) {
      await returns(email, 2.1);
      const other = await w.claim(email, { now: after(2.2) });
      expect(other).toMatchObject({ offerState: 'made', offerExpiresAt: after(32.1), poolId: null });
      expect(w.codes.made.get(other.offerCode)).toMatchObject({ active: true });
    }
    // What they had is gone for good: nobody can switch it on again.
    expect(w.codes.pools.get(discountId)!.codes.has(pooled.offerCode)).toBe(false);
    expect([w.codes.made.has(own), w.codes.made.size]).toEqual([false, 2]);
  });

  it('gives no other to a friend whose code was used, whose days are over, or who was stopped', async () => {
    const w = await filledPool({ offerDays: 30 });
    await prisma().referralPoolCode.deleteMany({ where: { shopId: w.shopId } });
    const { offerCode } = await w.claim();
    const { discountId } = await w.only();
    const code = w.codes.made.get(offerCode)!;
    Object.assign(code, { endsAt: after(2), uses: 1 }); // its order has not come yet
    await told(w, discountId, 2);
    expect(await w.claim(friend, { now: after(2.1) })).toMatchObject({ offerCode, offerState: 'made' });
    Object.assign(code, { endsAt: after(30), uses: 0 });
    await told(w, discountId, 3);
    expect(await w.claim(friend, { now: after(30.1) })).toMatchObject({ offerCode, offerState: 'made' });
    Object.assign(code, { endsAt: after(2) });
    await told(w, discountId, 30);
    await w.decide('rejected', after(30));
    expect((await w.claim(friend, { now: after(30.1) })).offerCode).toBe(offerCode);
    expect(w.codes.creations).toBe(1);
  });

  it('was refused a code: coming back asks Shopify again', async () => {
    const w = await filledPool();
    await prisma().referralPoolCode.deleteMany({ where: { shopId: w.shopId } });
    w.codes.faults = [{ refused: 'Not now.' }];
    expect(await w.claim()).toMatchObject({ offerState: 'refused' });
    expect(await w.claim(friend, { now: after(3) })).toMatchObject({
      offerState: 'made',
      offerExpiresAt: after(33),
    });
  });
});
