import { beforeEach, describe, expect, it } from 'vitest';
import {
  answerShopper,
  ensureEarnRule,
  expirePoints,
  findTierProgramme,
  getBalance,
  mergeLedger,
  previewTiers,
  recomputeTiers,
  updateExpiryRule,
  updateTierProgramme,
} from '~/modules/loyalty/index.server';
import type { TierDraft } from '~/modules/loyalty/types';
import { prisma, withShop } from '~/platform/db/index.server';
import { postPointsAndTiers } from '~/processes/post-points-and-tiers.server';
import { aProfile, aRefund, aShop, anOrder, changeOrder, ledgerTotals } from '../../factories/loyalty';
import { permutations } from '../../factories/permutations';
import { useTestDatabase } from '../../setup/database';

useTestDatabase();

const launched = new Date('2026-04-01T00:00:00Z');
const now = new Date('2026-06-01T12:00:00Z');
const day = (text: string) => new Date(`${text}T10:00:00Z`);

const draft = (changes: Partial<TierDraft> = {}): TierDraft => ({
  enabled: true,
  basis: 'net_spend',
  span: 'rolling_year',
  graceDays: 0,
  tiers: [
    { id: null, name: 'Silver', threshold: '200', multiplier: '1', entryPoints: 10 },
    { id: null, name: 'Gold', threshold: '500', multiplier: '1.5', entryPoints: 100 },
  ],
  ...changes,
});

let shopId = 0;
let profileId = 0n;

beforeEach(async () => {
  shopId = (await aShop()).id;
  profileId = await aProfile(shopId);
  await withShop(shopId, async (tx) => {
    await ensureEarnRule(tx, { shopId, now: new Date('2026-01-01T00:00:00Z') });
    await updateTierProgramme(tx, { shopId, draft: draft(), now: launched });
  });
});

const post = (orderIds: bigint[], at = now, profileIds: bigint[] = []) =>
  withShop(shopId, (tx) => postPointsAndTiers(tx, { shopId, orderIds, profileIds, now: at }));
const order = (goods: string, placed: string, owner: bigint = profileId) =>
  anOrder(shopId, { profileId: owner, goods, processedAt: day(placed) });
const points = async (owner = profileId) =>
  (await withShop(shopId, (tx) => getBalance(tx, { shopId, profileId: owner }))).points;
const tierName = async (owner = profileId) => {
  const [row] = await prisma().$queryRaw<{ name: string | null }[]>`
    SELECT t.name FROM profile_tiers p
    LEFT JOIN tiers t ON t.shop_id = p.shop_id AND t.version = p.version AND t.id = p.tier_id
    WHERE p.shop_id = ${shopId} AND p.profile_id = ${owner}`;
  return row ? row.name : undefined;
};
const recompute = async (at: Date) => {
  while ((await withShop(shopId, (tx) => recomputeTiers(tx, { shopId, now: at, limit: 2 }))).more);
};
const save = (changes: Partial<TierDraft>, at = now) =>
  withShop(shopId, (tx) => updateTierProgramme(tx, { shopId, draft: draft(changes), now: at }));

describe('points for reaching a tier that expired', () => {
  it('are not taken again when a refund shows that it was not reached', async () => {
    await withShop(shopId, (tx) => updateExpiryRule(tx, { shopId, mode: 'age', days: 20, now: launched }));
    const first = await order('500', '2026-04-02');
    await post([first], day('2026-04-02'));
    const { expired } = await withShop(shopId, (tx) => expirePoints(tx, { shopId, now: day('2026-05-10') }));
    expect(expired.map((one) => one.points)).toEqual([610]);
    await post([await order('80', '2026-05-11')], day('2026-05-11'));
    expect(await points()).toBe(120); // placed in Gold: 80 x 1.5
    await aRefund(shopId, first, '500');
    await post([first]);
    await post([first]);
    expect(await points()).toBe(80); // not in Gold: the refund came before it
    expect(await ledgerTotals()).toMatchObject({ drifted: 0, sum: 0n, unbalanced: 0 });
  });
});

describe('a person’s tier', () => {
  it('rises with an order, rewards each tier reached once, and multiplies the orders after it', async () => {
    const first = await order('500', '2026-05-01');
    await post([first]);
    expect(await tierName()).toBe('Gold');
    expect(await points()).toBe(500 + 10 + 100); // the order that reaches Gold was not placed in it
    const second = await order('101', '2026-05-10');
    await post([second]);
    expect(await points()).toBe(610 + 151); // 101 x 1.5 = 151.5, rounded down
    await post([first, second]);
    expect(await points()).toBe(761);
    expect(await ledgerTotals()).toMatchObject({ drifted: 0, sum: 0n, unbalanced: 0 });
  });

  it('a refund takes back what the order earned at its multiplier, to the point', async () => {
    const first = await order('500', '2026-04-20');
    const second = await order('100', '2026-05-01');
    await post([first, second]);
    expect(await points()).toBe(500 + 110 + 150);
    await aRefund(shopId, second, '50');
    await post([second]);
    expect(await points()).toBe(500 + 110 + 75);
  });

  it('a refund lowers the tier at once and takes its reward back, but not the multiplier of orders since', async () => {
    const first = await order('500', '2026-04-20');
    const second = await order('100', '2026-05-01'); // the refund comes on 2 May, so this was placed in Gold
    await post([first, second]);
    await aRefund(shopId, first, '400');
    await post([first]);
    expect(await tierName()).toBe('Silver');
    expect(await points()).toBe(100 + 150 + 10);
  });

  it('an order placed before the tiers began counts, but is not rewarded or multiplied', async () => {
    const first = await order('500', '2026-03-01');
    const second = await order('10', '2026-03-02');
    await post([first, second]);
    expect(await tierName()).toBe('Gold');
    expect(await points()).toBe(510);
  });

  it('ends the same whatever comes first, told twice, and alone or together', async () => {
    const ends = new Set<string>();
    for (const sequence of permutations([0, 1, 2, 3])) {
      profileId = await aProfile(shopId);
      const orders = [
        await order('300', '2026-04-10'),
        await order('250', '2026-04-20'),
        await order('40', '2026-05-05'),
      ];
      const [first, second, third] = orders as [bigint, bigint, bigint];
      const hidden = [first, second, third];
      for (const id of hidden) await changeOrder(shopId, id, { profileId: null });
      const steps = [
        ...hidden.map((id) => async () => {
          await changeOrder(shopId, id, { profileId });
          await post([id]);
        }),
        async () => {
          await aRefund(shopId, second, '100');
          await post([second]);
          await post([second]);
        },
      ];
      for (const n of sequence) await steps[n]!();
      ends.add(JSON.stringify([await tierName(), await points()]));
    }
    // Gold was reached by the first two together. The refund of 2 May undid that before the third was placed.
    expect([...ends]).toEqual([JSON.stringify(['Silver', 300 + 150 + 40 + 10])]);
  });

  it('is computed once when it happens 10 times at once', async () => {
    const first = await order('500', '2026-05-01');
    const second = await order('100', '2026-05-02');
    await Promise.all(Array.from({ length: 10 }, () => post([first, second])));
    expect(await points()).toBe(500 + 110 + 150);
  });

  it('falls by time alone, after the grace, when the job looks', async () => {
    await save({ graceDays: 30 });
    await post([await order('500', '2026-05-01')]);
    await recompute(new Date('2027-05-30T00:00:00Z'));
    expect(await tierName()).toBe('Gold');
    await recompute(new Date('2027-06-01T00:00:00Z'));
    expect(await tierName()).toBeNull();
    expect(await points()).toBe(500 + 110); // nobody takes back what a tier that was reached gave
  });

  it('goes with the orders when people are merged: the same as if they had always been one', async () => {
    const other = await aProfile(shopId);
    const mine = await order('300', '2026-04-10');
    const theirs = await order('300', '2026-04-12', other);
    await post([mine, theirs]);
    expect([await tierName(), await tierName(other), await points(), await points(other)]).toEqual([
      'Silver',
      'Silver',
      310,
      310,
    ]);
    await changeOrder(shopId, theirs, { profileId });
    const merges = [{ fromProfileId: other, intoProfileId: profileId }];
    await withShop(shopId, (tx) => mergeLedger(tx, { shopId, merges, now }));
    await post([], now, [profileId, other]);
    expect([await tierName(), await tierName(other)]).toEqual(['Gold', undefined]);
    expect([await points(), await points(other)]).toEqual([600 + 110, 0]); // Silver's reward once
    await post([mine, theirs], now, [other]);
    expect(await points()).toBe(710);
  });

  it('of whoever was erased is not computed any more', async () => {
    const first = await order('500', '2026-05-01');
    await post([first]);
    await prisma().profile.updateMany({ where: { shopId, id: profileId }, data: { redactedAt: now } });
    await prisma().profileTier.deleteMany({ where: { shopId, profileId } });
    await aRefund(shopId, first, '250');
    await post([first]);
    expect(await tierName()).toBeUndefined();
    expect(await points()).toBe(250 + 110);
  });

  it('counts orders or points instead, when the merchant says so', async () => {
    const tiers = [{ id: 1, name: 'Regular', threshold: '2', multiplier: '2', entryPoints: 0 }];
    await save({ basis: 'orders', tiers }, launched);
    const orders = [
      await order('10', '2026-05-01'),
      await order('10', '2026-05-02'),
      await order('10', '2026-05-03'),
    ];
    await post(orders);
    expect(await tierName()).toBe('Regular');
    expect(await points()).toBe(10 + 10 + 20);
    await save({ basis: 'points_earned', tiers: [{ ...tiers[0]!, threshold: '31' }] });
    await post([], now, [profileId]);
    expect(await tierName()).toBeNull(); // 30 points before multipliers
  });
});

describe('the checkout', () => {
  it('announces what the order will earn in the tier of whoever asks', async () => {
    const member = await aProfile(shopId, { shopifyCustomerId: 77n });
    const ask = (shopifyCustomerId: bigint | null) =>
      answerShopper({ shopId, shopifyCustomerId, total: '101.00', currency: 'EUR', now });
    expect(await ask(77n)).toMatchObject({ status: 'member', balance: 0, pending: 0, earns: 101 });
    await post([await order('500', '2026-05-01', member)]);
    expect(await ask(77n)).toMatchObject({ status: 'member', balance: 610, pending: 0, earns: 151 });
    expect(await ask(null)).toEqual({ status: 'guest', earns: 101, isAbout: true });
    await post([await order('101', '2026-05-20', member)]);
    expect(await points(member)).toBe(610 + 151);
  });
});

describe('changing tiers', () => {
  it('moves people by a job with progress, and gives and takes no points', async () => {
    const people = await Promise.all(Array.from({ length: 5 }, () => aProfile(shopId)));
    for (const owner of people) {
      await post([await order('300', '2026-05-01', owner)]);
      await prisma().profileTraits.create({ data: { shopId, profileId: owner, ordersCount: 1 } });
    }
    const tiers = [
      { id: 1, name: 'Silver', threshold: '100', multiplier: '1', entryPoints: 10 },
      { id: 2, name: 'Gold', threshold: '250', multiplier: '3', entryPoints: 1_000 },
    ];
    const preview = await withShop(shopId, (tx) =>
      previewTiers(tx, { shopId, draft: draft({ tiers }), now }),
    );
    expect(preview).toEqual({
      people: 5,
      exact: true,
      moves: [{ from: 'Silver', to: 'Gold', direction: 'rises', people: 5 }],
    });
    expect(await tierName(people[0])).toBe('Silver');
    await save({ tiers });
    await recompute(now);
    expect(await prisma().tierRecompute.findUnique({ where: { shopId } })).toMatchObject({
      done: 5,
      total: 5,
      finishedAt: now,
    });
    expect(await tierName(people[0])).toBe('Gold');
    expect(await points(people[0])).toBe(310);
  });

  it('makes no version when nothing changes, keeps ids, and gives new tiers new ones', async () => {
    const current = await withShop(shopId, (tx) => findTierProgramme(tx, { shopId, at: now }));
    const same = current!.tiers.map(({ id, name, threshold, multiplier, entryPoints }) => ({
      id,
      name,
      threshold: threshold.toString(),
      multiplier: multiplier.toString(),
      entryPoints,
    }));
    expect((await save({ tiers: same })).version).toBe(1);
    const next = await save({
      tiers: [same[1]!, { ...same[0]!, id: null, name: 'Bronze', threshold: '50' }],
    });
    expect(next.version).toBe(2);
    expect(next.tiers.map(({ id }) => id)).toEqual([2, 3]);
  });

  it('two at once are two versions', async () => {
    await Promise.all([save({ graceDays: 5 }), save({ graceDays: 6 })]);
    expect(await prisma().tierProgramme.count({ where: { shopId } })).toBe(3);
  });

  it('refuses what makes no sense', async () => {
    const tier = { id: null, name: 'A', threshold: '10', multiplier: '1', entryPoints: 0 };
    for (const tiers of [
      [{ ...tier, threshold: '0' }],
      [{ ...tier, multiplier: '0.5' }],
      [{ ...tier, entryPoints: -1 }],
      [tier, { ...tier, name: 'B' }],
      [tier, { ...tier, threshold: '20' }],
    ]) {
      await expect(save({ tiers })).rejects.toThrow(/tiers/);
    }
  });

  it('concerns nobody of another shop', async () => {
    const elsewhere = (await aShop()).id;
    const stranger = await aProfile(elsewhere);
    await anOrder(elsewhere, { profileId: stranger, goods: '500', processedAt: day('2026-05-01') });
    await withShop(elsewhere, (tx) =>
      postPointsAndTiers(tx, { shopId: elsewhere, orderIds: [], profileIds: [stranger, profileId], now }),
    );
    expect(await prisma().profileTier.count({ where: { shopId: elsewhere } })).toBe(0);
    const seen = await withShop(elsewhere, (tx) => findTierProgramme(tx, { shopId, at: now }));
    expect(seen).toBeNull();
  });
});
