import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  ensureEarnRule,
  getBalance,
  listTierBenefits,
  listWaitingGifts,
  mergeEarnings,
  mergeLedger,
  updateBirthday,
  updateReward,
  updateTierBenefits,
  updateTierProgramme,
} from '~/modules/loyalty/index.server';
import { clock } from '~/platform/clock.server';
import { prisma, withShop } from '~/platform/db/index.server';
import { daysCelebrated } from '~/processes/days-celebrated.server';
import { postPointsAndTiers } from '~/processes/post-points-and-tiers.server';
import { redemptionsFinished } from '~/processes/redemptions-finished.server';
import { shopChanged } from '~/processes/shop-changed.server';
import { tiersReached } from '~/processes/tiers-reached.server';
import { aProfile, aShop, anOrder, ledgerTotals } from '../../factories/loyalty';
import { aMember, aReward, FakeCodes } from '../../factories/rewards';
import { useTestDatabase } from '../../setup/database';

useTestDatabase();

const launched = new Date('2026-04-01T00:00:00Z');
const now = new Date('2026-06-01T12:00:00Z');
let shopId = 0;
let giftId = 0n;
let profileId = 0n;

beforeEach(async () => {
  shopId = (await aShop()).id;
  giftId = await aReward(shopId, { kind: 'free_shipping', value: null, perCustomerLimit: 1 });
  profileId = await aMember(shopId, 0);
  await withShop(shopId, async (tx) => {
    await ensureEarnRule(tx, { shopId, now: new Date('2026-01-01T00:00:00Z') });
    const tier = (name: string, threshold: string) => ({
      id: null,
      name,
      threshold,
      multiplier: '1',
      entryPoints: 0,
    });
    await updateTierProgramme(tx, {
      shopId,
      now: launched,
      draft: {
        enabled: true,
        basis: 'net_spend',
        span: 'rolling_year',
        graceDays: 0,
        tiers: [tier('Silver', '200'), tier('Gold', '500')],
      },
    });
    await updateTierBenefits(tx, {
      shopId,
      benefits: [
        { tierId: 1, birthdayPoints: 0, giftRewardId: giftId },
        { tierId: 2, birthdayPoints: 70, giftRewardId: null },
      ],
    });
  });
});

afterEach(async () => {
  clock.moveTo(0);
  expect(await ledgerTotals()).toEqual({ drifted: 0, sum: 0n, unbalanced: 0 });
});

const reach = async (owner = profileId, goods = '250') => {
  const orderId = await anOrder(shopId, {
    profileId: owner,
    goods,
    processedAt: new Date('2026-05-01T10:00:00Z'),
  });
  return withShop(shopId, async (tx) => {
    const { risen } = await postPointsAndTiers(tx, { shopId, orderIds: [orderId], profileIds: [], now });
    await tiersReached(tx, { shopId, risen, now });
    return risen;
  });
};
const gifts = () => prisma().redemption.findMany({ where: { shopId }, orderBy: { id: 'asc' } });
const points = async (owner = profileId) =>
  (await withShop(shopId, (tx) => getBalance(tx, { shopId, profileId: owner }))).points;

describe('a gift for reaching a tier', () => {
  it('is a code for nothing, made by the sweep, once per tier however often it is told and all at once', async () => {
    const risen = await reach();
    const tell = () => withShop(shopId, (tx) => tiersReached(tx, { shopId, risen, now }));
    await Promise.all([tell(), tell(), tell()]);
    expect(await gifts()).toMatchObject([{ profileId, points: 0, state: 'reserved', rewardId: giftId }]);
    const codes = new FakeCodes();
    clock.moveTo(now.getTime() - Date.now());
    await Promise.all([redemptionsFinished(shopId, codes), redemptionsFinished(shopId, codes)]);
    const [gift] = await gifts();
    expect(gift).toMatchObject({ state: 'confirmed', spent: 0n });
    expect([...codes.made.keys()]).toEqual([gift!.code]);
    expect(await points()).toBe(250);
  });

  it('is also given of a reward that is not offered, and does not count towards its limit', async () => {
    await withShop(shopId, (tx) => updateReward(tx, { shopId, rewardId: giftId, enabled: false, now }));
    await reach();
    expect(await gifts()).toHaveLength(1);
  });

  describe('of a tier that was not reached after all', () => {
    const codes = new FakeCodes();
    const finish = async () => {
      clock.moveTo(now.getTime() - Date.now());
      await redemptionsFinished(shopId, codes);
    };
    /** The order is cancelled; then everything follows, told three times at once. */
    const lose = async () => {
      const { id: orderId } = await prisma().order.findFirstOrThrow({ where: { shopId, profileId } });
      await prisma().order.updateMany({ where: { shopId, id: orderId }, data: { cancelledAt: now } });
      const told = () =>
        withShop(shopId, (tx) =>
          postPointsAndTiers(tx, { shopId, orderIds: [orderId], profileIds: [], now }),
        );
      await Promise.all([told(), told(), told()]);
    };

    it('is taken back while it is unused, and given again to who reaches the tier after all', async () => {
      await reach();
      await finish();
      await lose();
      for (let run = 0; run < 2; run += 1) await finish();
      const [gift] = await gifts();
      expect(gift).toMatchObject({ state: 'cancelled', cancelRequestedAt: null });
      expect(codes.made.get(gift!.code)?.active).toBe(false);
      await reach();
      expect((await gifts()).map(({ state }) => state)).toEqual(['cancelled', 'reserved']);
      await finish();
      expect((await gifts())[1]).toMatchObject({ state: 'confirmed' });
      expect(await points()).toBe(250);
    });

    it('never gets a code when that was still to be made', async () => {
      await reach();
      await lose();
      await finish();
      expect(await gifts()).toMatchObject([{ state: 'released', discountId: null }]);
    });

    it('stays with who has used it, and with who only bought too little for it later on', async () => {
      await reach();
      await finish();
      const [gift] = await gifts();
      codes.made.get(gift!.code)!.uses = 1;
      await lose();
      await finish();
      expect(await gifts()).toMatchObject([{ state: 'confirmed', cancelRequestedAt: null }]);
      const other = await aMember(shopId, 0);
      await reach(other);
      await finish();
      const later = new Date('2028-01-01T00:00:00Z');
      await withShop(shopId, (tx) =>
        postPointsAndTiers(tx, { shopId, orderIds: [], profileIds: [other], now: later }),
      );
      expect((await gifts()).at(-1)).toMatchObject({ state: 'confirmed', cancelRequestedAt: null });
    });
  });

  describe('of a kind the shop has not allowed', () => {
    const codes = new FakeCodes();
    const day = 24 * 60 * 60 * 1_000;
    const finish = async (days: number) => {
      clock.moveTo(now.getTime() + days * day - Date.now());
      await redemptionsFinished(shopId, codes);
    };
    const allow = (days: number, scopes: string[]) => {
      const at = new Date(now.getTime() + days * day);
      return withShop(shopId, (tx) =>
        shopChanged(tx, { shopId, facts: [{ scopes, occurredAt: at }], now: at }),
      );
    };
    const waiting = async () =>
      Object.fromEntries(await withShop(shopId, (tx) => listWaitingGifts(tx, { shopId })));
    beforeEach(async () => {
      const card = await aReward(shopId, { kind: 'gift_card', value: '5', validityDays: 10 });
      const benefits = [{ tierId: 1, birthdayPoints: 0, giftRewardId: card }];
      await withShop(shopId, (tx) => updateTierBenefits(tx, { shopId, benefits }));
      await allow(-1, ['write_discounts']);
      await reach();
    });

    it('waits, is counted for the merchant, and is made when it is allowed, as good as new', async () => {
      for (const days of [0, 0, 3, 12]) await finish(days);
      const [gift] = await gifts();
      expect(gift).toMatchObject({ state: 'reserved', error: expect.stringContaining('waits') as string });
      expect([await waiting(), codes.cards.size]).toEqual([{ gift_card: 1 }, 0]);
      await Promise.all([12.5, 12.5].map((days) => allow(days, ['write_discounts', 'write_gift_cards'])));
      expect(await waiting()).toEqual({});
      await finish(12.5);
      expect(await gifts()).toMatchObject([
        { state: 'confirmed', error: null, expiresAt: new Date(now.getTime() + 22.5 * day) },
      ]);
      expect([...codes.cards.keys()]).toEqual([gift!.code]);
      await allow(13, ['write_discounts', 'write_gift_cards']);
      expect((await gifts())[0]!.expiresAt).toEqual(new Date(now.getTime() + 22.5 * day));
    });

    it('is given up after 30 days', async () => {
      await finish(0);
      await finish(31);
      expect(await gifts()).toMatchObject([{ state: 'released' }]);
      expect(await waiting()).toEqual({});
    });
  });

  it('is nothing for a tier without one, nor for somebody without a customer in Shopify', async () => {
    await reach(profileId, '600');
    const nobody = await aProfile(shopId);
    await prisma().profile.updateMany({ where: { id: nobody }, data: { shopifyCustomerId: null } });
    await reach(nobody);
    expect(await gifts()).toEqual([]);
  });
});

describe('points on a member’s birthday', () => {
  const celebrate = async (at: string) => {
    clock.moveTo(new Date(at).getTime() - Date.now());
    await daysCelebrated(shopId);
  };
  const born = (owner: bigint, month: number, day: number) =>
    withShop(shopId, (tx) =>
      updateBirthday(tx, { shopId, profileId: owner, birthday: { month, day }, now: launched }),
    );

  it('are given once a year, to members of that tier only, whether or not birthdays give points to all', async () => {
    const silver = await aMember(shopId, 0);
    await reach(profileId, '600');
    await reach(silver, '250');
    await born(profileId, 6, 10);
    await born(silver, 6, 10);
    await celebrate('2026-06-09T12:00:00Z');
    expect(await points()).toBe(600);
    await Promise.all([celebrate('2026-06-10T12:00:00Z'), celebrate('2026-06-10T12:00:00Z')]);
    await celebrate('2026-06-12T12:00:00Z');
    expect([await points(), await points(silver)]).toEqual([670, 250]);
    const entry = await prisma().ledgerTransaction.findFirstOrThrow({
      where: { shopId, idempotencyKey: { startsWith: 'tier-birthday:' } },
    });
    expect(entry).toMatchObject({ kind: 'earn', reason: 'Gold', tierId: null });
  });

  it('are not given again after two people turned out to be one, nor to whoever was erased', async () => {
    const other = await aMember(shopId, 0);
    const erased = await aMember(shopId, 0);
    for (const one of [profileId, other, erased]) {
      await reach(one, '600');
      await born(one, 6, 10);
    }
    await prisma().profile.updateMany({ where: { id: erased }, data: { redactedAt: now } });
    await prisma().birthday.deleteMany({ where: { profileId } });
    await celebrate('2026-06-10T12:00:00Z');
    await withShop(shopId, async (tx) => {
      const merges = [{ fromProfileId: other, intoProfileId: profileId }];
      await mergeLedger(tx, { shopId, merges, now });
      await mergeEarnings(tx, { shopId, merges, now });
    });
    await born(profileId, 6, 10);
    await celebrate('2026-06-11T12:00:00Z');
    expect([await points(), await points(erased)]).toEqual([1_270, 600]);
  });
});

describe('what tiers give', () => {
  it('is saved as a whole, of the shop’s own tiers and rewards, with a fixed price', async () => {
    const save = (benefits: Parameters<typeof updateTierBenefits>[1]['benefits']) =>
      withShop(shopId, (tx) => updateTierBenefits(tx, { shopId, benefits }));
    const gold = { tierId: 2, birthdayPoints: 5, giftRewardId: null };
    for (let run = 0; run < 2; run += 1) await save([gold]);
    expect(await withShop(shopId, (tx) => listTierBenefits(tx, { shopId }))).toEqual([gold]);
    await expect(save([{ ...gold, tierId: 9 }])).rejects.toMatchObject({ code: 'not_found' });
    const theirs = await aReward((await aShop()).id);
    await expect(save([{ ...gold, giftRewardId: theirs }])).rejects.toMatchObject({ code: 'not_found' });
    const slider = await aReward(shopId, {
      value: null,
      points: 100,
      slider: { perUnit: 100, most: 500, step: 100 },
    });
    await expect(save([{ ...gold, giftRewardId: slider }])).rejects.toMatchObject({ code: 'invalid' });
    expect(await withShop(shopId, (tx) => listTierBenefits(tx, { shopId }))).toEqual([gold]);
  });
});
