import { describe, expect, it } from 'vitest';
import { getBalance } from '~/modules/loyalty/index.server';
import { ensurePool, findProgramme } from '~/modules/referrals/index.server';
import { clock } from '~/platform/clock.server';
import { prisma, withShop } from '~/platform/db/index.server';
import { discountsDeleted } from '~/processes/discounts-deleted.server';
import { redemptionsFinished } from '~/processes/redemptions-finished.server';
import { referralsDue } from '~/processes/referrals-due.server';
import { rewardRedeemed } from '~/processes/reward-redeemed.server';
import { setFlowEnabled } from '~/modules/flows/index.server';
import { runs } from '../../factories/flow';
import { aShop } from '../../factories/loyalty';
import { after, referralWorld } from '../../factories/referrals';
import { aMember, aReward, FakeCodes, rewardNow as now } from '../../factories/rewards';
import { useTestDatabase } from '../../setup/database';

useTestDatabase();

/** The merchant deleted these in Shopify; told three times, at once. */
async function deleted(shopId: number, discountIds: bigint[], at = now): Promise<void> {
  const facts = discountIds.map((discountId) => ({ discountId }));
  const tell = () => withShop(shopId, (tx) => discountsDeleted(tx, { shopId, facts, now: at }));
  await Promise.all([tell(), tell(), tell()]);
}

describe('a reward whose discount the merchant deleted', () => {
  async function world() {
    const { id: shopId } = await aShop();
    const profileId = await aMember(shopId, 1_200);
    const codes = new FakeCodes();
    const redeem = async (key: string, terms: Parameters<typeof aReward>[1] = {}) =>
      rewardRedeemed({ shopId, profileId, rewardId: await aReward(shopId, terms), key, codes, now });
    const balance = async () =>
      (await withShop(shopId, (tx) => getBalance(tx, { shopId, profileId }))).points;
    return { shopId, profileId, codes, redeem, balance };
  }

  it('gives its points back, once, and the timeline says why', async () => {
    const { shopId, profileId, codes, redeem, balance } = await world();
    const [one, two] = [await redeem('a'), await redeem('b')];
    await deleted(shopId, [one.discountId!, 999n]);
    expect(await balance()).toBe(700);
    const rows = await prisma().redemption.findMany({ where: { shopId }, orderBy: { id: 'asc' } });
    expect(rows).toMatchObject([
      {
        id: one.id,
        state: 'cancelled',
        error: expect.stringContaining('deleted') as string,
        nextAttemptAt: null,
      },
      { id: two.id, state: 'confirmed' },
    ]);
    const happened = await prisma().timelineEvent.findMany({
      where: { shopId, profileId, kind: 'reward_cancelled' },
    });
    expect(happened).toMatchObject([{ data: { points: 500, deleted: true } }]);
    const traits = await prisma().profileTraits.findFirstOrThrow({ where: { shopId, profileId } });
    expect(traits.pointsBalance).toBe(700);
    clock.moveTo(now.getTime() - Date.now());
    await redemptionsFinished(shopId, codes);
    clock.moveTo(0);
    expect(await balance()).toBe(700);
  });

  it('gives nothing back of one an order used, of a gift card with the same number, or of another shop', async () => {
    const [a, b] = [await world(), await world()];
    const [used, card] = [await a.redeem('a'), await a.redeem('b', { kind: 'gift_card', value: '5' })];
    await prisma().redemption.updateMany({ where: { id: used.id }, data: { state: 'used', orderId: 1n } });
    const theirs = await b.redeem('a');
    await deleted(a.shopId, [used.discountId!, card.discountId!, theirs.discountId!]);
    expect([await a.balance(), await b.balance()]).toEqual([200, 700]);
  });
});

describe('friends’ codes whose discount the merchant deleted', () => {
  async function world() {
    const w = await referralWorld();
    const { shopId, codes } = w;
    await prisma().referralPool.deleteMany({ where: { shopId } }); // of months ago
    await withShop(shopId, async (tx) => {
      const programme = await findProgramme(tx, { shopId });
      await ensurePool(tx, { shopId, programme: programme!, now: after(-2) });
    });
    const sweep = async (days: number) => {
      clock.moveTo(after(days).getTime() - Date.now());
      await referralsDue(shopId, codes);
      clock.moveTo(0);
    };
    await sweep(-1);
    const pools = () => prisma().referralPool.findMany({ where: { shopId }, orderBy: { id: 'asc' } });
    const all = () => prisma().referral.findMany({ where: { shopId }, orderBy: { id: 'asc' } });
    const free = () => prisma().referralPoolCode.count({ where: { shopId, redeemId: { not: null } } });
    return { ...w, sweep, pools, all, free };
  }

  it('come from another pool at once, and friends who have one get another of all days, by mail', async () => {
    const w = await world();
    const { shopId } = w;
    await withShop(shopId, (tx) =>
      setFlowEnabled(tx, { shopId, key: 'referral_welcome', enabled: true, now: after(-3) }),
    );
    const [first] = await w.pools();
    const before = await w.claim();
    const ordered = await w.claim('other@friend.example', { ip: '2' });
    await prisma().referral.updateMany({ where: { id: ordered.id }, data: { state: 'held' } });
    w.codes.pools.clear();
    await deleted(shopId, [first!.discountId!], after(5));
    expect((await w.pools()).map(({ state }) => state)).toEqual(['closed', 'making']);
    expect(await w.free()).toBe(0);
    const own = await w.claim('third@friend.example', { ip: '3', now: after(5) });
    expect(own).toMatchObject({ offerState: 'made', poolId: null });
    await w.sweep(5.1);
    expect(await w.free()).toBe(250);
    const [renewed, kept] = await w.all();
    expect(renewed).toMatchObject({
      offerState: 'made',
      poolId: null,
      redeemId: null,
      offerExpiresAt: after(35),
    });
    expect(renewed!.offerCode).not.toBe(before.offerCode);
    expect(w.codes.made.get(renewed!.offerCode)).toMatchObject({ active: true });
    expect(kept).toMatchObject({ offerCode: ordered.offerCode, state: 'held' });
    expect((await runs(shopId)).filter(({ profileId }) => profileId === before.friendId)).toHaveLength(2);
    await deleted(shopId, [first!.discountId!], after(6));
    expect((await w.all()).map(({ offerCode }) => offerCode)).toEqual([
      renewed!.offerCode,
      ordered.offerCode,
      own.offerCode,
    ]);
  });

  it('a discount of one friend’s own too; none is made anew while nobody may bring friends', async () => {
    const w = await world();
    const { shopId } = w;
    await prisma().referralPoolCode.deleteMany({ where: { shopId } });
    const own = await w.claim();
    const { discountId } = await w.only();
    await deleted(shopId, [discountId!], after(1));
    await w.sweep(1.1);
    const renewed = await w.only();
    expect(renewed).toMatchObject({ offerState: 'made' });
    expect(renewed.offerCode).not.toBe(own.offerCode);
    await prisma().referralProgramme.updateMany({ where: { shopId }, data: { enabled: false } });
    await deleted(shopId, [renewed.discountId!], after(2));
    await w.sweep(2.1);
    expect(await w.only()).toMatchObject({
      offerState: 'refused',
      offerError: expect.stringContaining('deleted') as string,
    });
  });
});
