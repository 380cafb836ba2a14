import { afterEach, describe, expect, it } from 'vitest';
import { answerAccount, getBalance } from '~/modules/loyalty/index.server';
import type { Redemption } from '~/modules/loyalty/types';
import { clock } from '~/platform/clock.server';
import { prisma, withShop } from '~/platform/db/index.server';
import { discountsChanged } from '~/processes/discounts-changed.server';
import { discountsDeleted } from '~/processes/discounts-deleted.server';
import { redemptionCancelled } from '~/processes/redemption-cancelled.server';
import { redemptionsFinished } from '~/processes/redemptions-finished.server';
import { rewardRedeemed } from '~/processes/reward-redeemed.server';
import { aShop } from '../../factories/loyalty';
import { aMember, aReward, FakeCodes, rewardNow } from '../../factories/rewards';
import { useTestDatabase } from '../../setup/database';

useTestDatabase();
afterEach(() => clock.moveTo(0));

const day = (count: number): Date => new Date(rewardNow.getTime() + count * 24 * 60 * 60 * 1_000);
const facts = (ids: (bigint | null)[]) => ids.map((discountId) => ({ discountId: discountId! }));

describe('a reward whose discount the merchant changed in Shopify', () => {
  async function world(terms: Parameters<typeof aReward>[1] = {}) {
    const { id: shopId } = await aShop();
    const profileId = await aMember(shopId, 1_200);
    const codes = new FakeCodes();
    const redeem = async (key: string) =>
      rewardRedeemed({ shopId, profileId, rewardId: await aReward(shopId, terms), key, codes, now: day(0) });
    const set = ({ code }: Redemption, endsAt: Date | null) => (codes.made.get(code)!.endsAt = endsAt);
    const tell = (redemptions: Redemption[], at: Date) =>
      withShop(shopId, (tx) =>
        discountsChanged(tx, { shopId, facts: facts(redemptions.map((one) => one.discountId)), now: at }),
      );
    const look = async (at: Date) => {
      clock.moveTo(at.getTime() - Date.now());
      await redemptionsFinished(shopId, codes);
    };
    /** The merchant changes the end at that moment; the news comes, and Shopify is asked. */
    const change = async (redemption: Redemption, endsAt: Date | null, at: Date) => {
      set(redemption, endsAt);
      await tell([redemption], at);
      await look(at);
    };
    const row = ({ id }: Redemption) => prisma().redemption.findFirstOrThrow({ where: { shopId, id } });
    const balance = async () =>
      (await withShop(shopId, (tx) => getBalance(tx, { shopId, profileId }))).points;
    return { shopId, profileId, codes, redeem, set, tell, look, change, row, balance };
  }

  it('ends when Shopify says, and gives its points back a day later, once', async () => {
    const w = await world();
    const [one, two] = [await w.redeem('a'), await w.redeem('b')];
    w.set(one, day(3));
    await Promise.all([w.tell([one, one], day(3)), w.tell([one], day(3)), w.tell([one], day(3))]);
    await Promise.all([w.look(day(3.01)), w.look(day(3.01)), w.look(day(3.01))]);
    expect(await w.row(one)).toMatchObject({
      state: 'confirmed',
      expiresAt: day(3),
      nextAttemptAt: day(4),
      attempts: 0,
    });
    expect(await w.row(two)).toMatchObject({ expiresAt: day(30), nextAttemptAt: day(31) });
    expect(w.codes.inspections).toBe(1);
    await w.tell([one], day(3.5));
    await w.look(day(3.5));
    expect(await w.balance()).toBe(200);
    await Promise.all([w.look(day(4.1)), w.look(day(4.1))]);
    await w.tell([one], day(5)); // what is over stays over
    await w.look(day(5));
    expect(await w.balance()).toBe(700);
    expect(await w.row(one)).toMatchObject({ state: 'cancelled', error: null, attempts: 0 });
    const happened = await prisma().timelineEvent.count({
      where: { shopId: w.shopId, kind: 'reward_cancelled' },
    });
    expect(happened).toBe(1);
  });

  it('has the new end when it was put off, none when it was taken away, and is on again within the day', async () => {
    const w = await world();
    const one = await w.redeem('a');
    await w.change(one, day(60), day(1));
    expect(await w.row(one)).toMatchObject({ expiresAt: day(60), nextAttemptAt: day(61) });
    await w.change(one, day(2), day(2)); // switched off
    expect(await w.row(one)).toMatchObject({ expiresAt: day(2) });
    await w.change(one, null, day(2.5)); // and on
    await w.look(day(3_000));
    expect(await w.row(one)).toMatchObject({ state: 'confirmed', expiresAt: null, nextAttemptAt: null });
    expect(await w.balance()).toBe(700);
  });

  it('is valid from its new start on, loses no points, and is usable then by itself', async () => {
    const w = await world();
    const one = await w.redeem('a');
    Object.assign(w.codes.made.get(one.code)!, { startsAt: day(10), endsAt: null });
    await w.tell([one], day(1));
    await w.look(day(1));
    expect(await w.row(one)).toMatchObject({ state: 'confirmed', startsAt: day(10), nextAttemptAt: null });
    const { shopId, profileId } = w;
    const [identity] = await prisma().profileIdentity.findMany({
      where: { shopId, profileId, kind: 'shopify' },
    });
    const shopifyCustomerId = BigInt(identity!.value);
    const shown = async (now: Date) => {
      const told = await answerAccount({ shopId, shopifyCustomerId, cursor: null, now });
      return 'codes' in told ? told.codes : [];
    };
    expect(await shown(day(2))).toMatchObject([{ code: one.code, startsAt: day(10).toISOString() }]);
    expect(await shown(day(10))).toMatchObject([{ code: one.code, startsAt: null }]);
    Object.assign(w.codes.made.get(one.code)!, { startsAt: day(3) });
    await w.tell([one], day(4)); // moved back, and the news comes late
    await w.look(day(4));
    expect(await w.row(one)).toMatchObject({ startsAt: null });
    expect(await w.balance()).toBe(700);
  });

  it('gives nothing back of one an order used', async () => {
    const w = await world();
    const [told, unknown] = [await w.redeem('a'), await w.redeem('b')];
    await prisma().redemption.updateMany({ where: { id: told.id }, data: { state: 'used', orderId: 1n } });
    w.codes.made.get(unknown.code)!.uses = 1; // its order has not come yet
    for (const one of [told, unknown]) await w.change(one, day(2), day(2));
    await w.look(day(4));
    expect(await w.balance()).toBe(200);
    expect(w.codes.inspections).toBe(1);
  });

  it.each([
    ['the change first', false],
    ['the deletion first', true],
  ])('and then deleted gives them back once, told %s', async (_what, reversed) => {
    const w = await world();
    const one = await w.redeem('a');
    w.codes.made.clear();
    const remove = () =>
      withShop(w.shopId, (tx) =>
        discountsDeleted(tx, { shopId: w.shopId, facts: facts([one.discountId]), now: day(1) }),
      );
    const tellings = [() => w.tell([one], day(1)), remove];
    for (const tell of reversed ? tellings.reverse() : tellings) await tell();
    await w.look(day(1.1));
    expect(await w.row(one)).toMatchObject({ state: 'cancelled', nextAttemptAt: null });
    expect(await w.balance()).toBe(1_200);
  });

  it('deleted gives them back also when only a change was told of', async () => {
    const w = await world();
    const one = await w.redeem('a');
    w.codes.made.clear();
    await w.tell([one], day(1));
    await w.look(day(1));
    expect(await w.row(one)).toMatchObject({
      state: 'cancelled',
      error: expect.stringContaining('deleted') as string,
    });
    expect(await w.balance()).toBe(1_200);
  });

  it('switched on again after its points went back is ended again, and the merchant reads so', async () => {
    const w = await world();
    const [one, ours] = [await w.redeem('a'), await w.redeem('b')];
    await w.change(one, day(1), day(1));
    await w.look(day(2.1));
    const { shopId, profileId, codes } = w;
    await redemptionCancelled({ shopId, profileId, redemptionId: ours.id, codes, now: day(2.1) });
    await w.tell([ours], day(2.2)); // the echo of our own change
    await w.look(day(2.2));
    expect(await w.row(ours)).toMatchObject({ state: 'cancelled', error: null, attempts: 0 });
    codes.refusals = ['Not now.'];
    await w.change(one, null, day(2.9));
    expect(await w.row(one)).toMatchObject({ error: null, attempts: 1 });
    await w.look(day(3));
    expect(codes.made.get(one.code)!.endsAt).toEqual(expect.any(Date));
    expect(await w.row(one)).toMatchObject({
      state: 'cancelled',
      error: expect.stringContaining('ended again') as string,
      attempts: 0,
    });
    await w.tell([one], day(3.1)); // the echo of that
    await w.look(day(3.1));
    expect(await w.row(one)).toMatchObject({ attempts: 0 });
    expect(await w.balance()).toBe(1_200);
  });

  it('switched on again without news of it is found within a day, a week or a month, and then looked for no more', async () => {
    const w = await world();
    const [expired, ours] = [await w.redeem('a'), await w.redeem('b')];
    const { shopId, profileId, codes } = w;
    await redemptionCancelled({ shopId, profileId, redemptionId: ours.id, codes, now: day(0) });
    for (const at of [1.1, 7.1]) {
      w.set(ours, null);
      await w.look(day(at));
      expect(codes.made.get(ours.code)!.endsAt).toEqual(expect.any(Date));
    }
    expect(await w.row(ours)).toMatchObject({
      state: 'cancelled',
      error: expect.stringContaining('ended again') as string,
      nextAttemptAt: day(30),
    });
    await w.look(day(31.1)); // the last look at this one; the other one's points go back
    expect(await w.row(ours)).toMatchObject({ nextAttemptAt: null });
    expect(await w.row(expired)).toMatchObject({ state: 'cancelled' });
    w.set(expired, null);
    await w.look(day(32.2));
    expect(codes.made.get(expired.code)!.endsAt).toEqual(expect.any(Date));
    for (const at of [39, 62, 100]) await w.look(day(at));
    const { inspections } = codes;
    await w.look(day(3_000));
    expect(codes.inspections).toBe(inspections);
    expect(await w.balance()).toBe(1_200);
  });

  it('an answer that was overtaken by news does nothing', async () => {
    const w = await world();
    const one = await w.redeem('a');
    const inspect = w.codes.inspect.bind(w.codes);
    w.codes.inspect = async (ids) => {
      const answer = await inspect(ids);
      w.codes.inspect = inspect;
      w.set(one, day(20)); // switched on again, and told, before this answer is written down
      await w.tell([one], day(2.1));
      return answer;
    };
    await w.change(one, day(2), day(2));
    expect(await w.row(one)).toMatchObject({ expiresAt: day(30), nextAttemptAt: day(2.1) });
    await w.look(day(2.2));
    expect(await w.row(one)).toMatchObject({ expiresAt: day(20), nextAttemptAt: day(21) });
  });

  it('is asked for again when Shopify is silent; discounts that are not ours, of gift cards or of other shops cost nothing', async () => {
    const [w, other, cards] = [await world(), await world(), await world({ kind: 'gift_card', value: '5' })];
    const one = await w.redeem('a');
    await other.redeem('a');
    const card = await cards.redeem('a');
    await withShop(w.shopId, (tx) =>
      discountsChanged(tx, { shopId: w.shopId, facts: facts([998n, 999n]), now: day(1) }),
    );
    await other.look(day(1));
    await cards.tell([card], day(1));
    await cards.look(day(1));
    await w.look(day(1));
    expect([w, other, cards].map(({ codes }) => codes.inspections)).toEqual([0, 0, 0]);
    w.set(one, day(2));
    w.codes.faults = ['silent'];
    await w.tell([one], day(2));
    await w.look(day(2));
    expect(await w.row(one)).toMatchObject({ expiresAt: day(30) });
    await w.look(day(2.1));
    expect(await w.row(one)).toMatchObject({ expiresAt: day(2) });
    expect(other.codes.inspections).toBe(0);
  });
});
