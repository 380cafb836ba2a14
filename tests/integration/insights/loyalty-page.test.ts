import { describe, expect, it } from 'vitest';
import {
  getLoyaltyOverview,
  getLoyaltySetup,
  getProfilePage,
  getTierState,
} from '~/modules/insights/index.server';
import { ensureEarnRule, updateReward, updateTierProgramme } from '~/modules/loyalty/index.server';
import { updateSettings } from '~/modules/shops/index.server';
import { pool, prisma, withShop } from '~/platform/db/index.server';
import { postPointsAndTiers } from '~/processes/post-points-and-tiers.server';
import { aProfile, aShop, anOrder } from '../../factories/loyalty';
import { aMember, aReward } from '../../factories/rewards';
import { useTestDatabase } from '../../setup/database';

useTestDatabase();

const now = new Date('2026-06-15T10:00:00Z');
const overview = (shopId: number) => withShop(shopId, (tx) => getLoyaltyOverview(tx, { shopId }));
const setup = (shopId: number) => withShop(shopId, (tx) => getLoyaltySetup(tx, { shopId }));
const state = (shopId: number) => withShop(shopId, (tx) => getTierState(tx, { shopId }));
const tierOf = async (shopId: number, profileId: bigint) =>
  (await withShop(shopId, (tx) => getProfilePage(tx, { shopId, profileId, tab: 'timeline', cursor: {} })))
    .tier;

async function aShopWithTiers() {
  const { id: shopId } = await aShop();
  const tier = { id: null, multiplier: '1.5', entryPoints: 0 };
  await withShop(shopId, async (tx) => {
    await ensureEarnRule(tx, { shopId, now: new Date('2026-01-01T00:00:00Z') });
    const tiers = [
      { ...tier, name: 'Silver', threshold: '80' },
      { ...tier, name: 'Gold', threshold: '500' },
    ];
    const draft = { enabled: true, basis: 'net_spend', span: 'rolling_year', graceDays: 0, tiers } as const;
    await updateTierProgramme(tx, {
      shopId,
      draft: { ...draft, tiers },
      now: new Date('2026-02-01T00:00:00Z'),
    });
  });
  return shopId;
}

const post = (shopId: number, orderIds: bigint[]) =>
  withShop(shopId, (tx) => postPointsAndTiers(tx, { shopId, orderIds, profileIds: [], now }));

describe('the loyalty page', () => {
  it('tells who takes part, who orders again with and without rewards, and what is chosen', async () => {
    const { id: shopId } = await aShop();
    const { id: elsewhere } = await aShop();
    const traits = async (shop: number, profileId: bigint, ordersCount: number) =>
      prisma().profileTraits.create({ data: { shopId: shop, profileId, ordersCount } });
    await traits(shopId, await aProfile(shopId), 1); // a customer, no member
    await traits(shopId, await aMember(shopId, 10), 0); // a member who never ordered
    await traits(shopId, await aMember(shopId, 10), 1);
    await traits(shopId, await aMember(shopId, 10), 2);
    await traits(elsewhere, await aMember(elsewhere, 10), 2);
    const redeemer = await aMember(shopId, 10);
    await traits(shopId, redeemer, 3);
    const [first, second] = [
      await aReward(shopId, { title: 'first' }),
      await aReward(shopId, { title: 'second' }),
    ];
    const redeemed = (rewardId: bigint, state: string, code: string) =>
      prisma().redemption.create({
        data: {
          shopId,
          profileId: redeemer,
          rewardId,
          state,
          code,
          key: code,
          points: 1,
          terms: {},
          reservedAt: now,
        },
      });
    await redeemed(second, 'used', 'A');
    await redeemed(second, 'confirmed', 'B');
    await redeemed(first, 'confirmed', 'C');
    await redeemed(first, 'released', 'D');
    await redeemed(first, 'cancelled', 'E');

    expect(await overview(shopId)).toEqual({
      members: 4,
      exact: true,
      customers: 4,
      participants: 3,
      redeemers: { people: 1, again: 1 },
      others: { people: 2, again: 1 },
      topRewards: [
        { id: String(second), title: 'second', redeemed: 2, used: 1 },
        { id: String(first), title: 'first', redeemed: 1, used: 0 },
      ],
    });
    expect(await overview(elsewhere)).toMatchObject({ members: 1, customers: 1, topRewards: [] });
    expect(await overview((await aShop()).id)).toMatchObject({ members: 0, customers: 0, participants: 0 });
  });

  it('looks at a sample of a large shop, which has the shares of the whole', async () => {
    const { id: shopId } = await aShop();
    await pool().query(
      `WITH people AS (INSERT INTO profiles (shop_id, first_seen_at) SELECT $1, $2 FROM generate_series(1, 40000) RETURNING id)
       INSERT INTO profile_traits (shop_id, profile_id, orders_count) SELECT $1, id, CASE WHEN id % 4 = 0 THEN 2 ELSE 1 END FROM people`,
      [shopId, now],
    );
    await pool().query(
      `INSERT INTO ledger_accounts (shop_id, kind, profile_id)
       SELECT shop_id, 'points', profile_id FROM profile_traits WHERE shop_id = $1 AND profile_id % 5 < 4`,
      [shopId],
    );
    const { exact, members, customers, participants, others } = await overview(shopId);
    expect({ exact, members }).toEqual({ exact: false, members: 32_000 });
    expect(customers).toBeGreaterThan(18_000);
    expect(customers).toBeLessThan(22_000);
    expect(participants / customers).toBeCloseTo(0.8, 1);
    expect(others.again / others.people).toBeCloseTo(0.25, 1);
  });

  it('knows what of the set-up is done', async () => {
    const { id: shopId } = await aShop();
    expect(await setup(shopId)).toEqual({ earnRule: false, reward: false });
    await withShop(shopId, (tx) => updateSettings(tx, { shopId, changes: { senderName: 'Own' }, now }));
    const rewardId = await aReward(shopId);
    expect(await setup(shopId)).toEqual({ earnRule: true, reward: true });
    await withShop(shopId, (tx) => updateReward(tx, { shopId, rewardId, enabled: false, now }));
    expect(await setup(shopId)).toMatchObject({ reward: false });
  });

  it('knows how many are in each tier, and whether they are being computed', async () => {
    const shopId = await aShopWithTiers();
    const profileId = await aProfile(shopId);
    await post(shopId, [await anOrder(shopId, { profileId, goods: '100' })]);
    expect(await state(shopId)).toEqual({
      members: [{ tierId: 1, people: 1 }],
      recompute: { done: 0, total: 0 },
    });
  });
});

describe('the tier of a customer', () => {
  it('is shown with the way to the next one', async () => {
    const shopId = await aShopWithTiers();
    const profileId = await aProfile(shopId);
    expect(await tierOf(shopId, profileId)).toMatchObject({
      figure: '0',
      name: null,
      next: { name: 'Silver', threshold: '80' },
    });
    await post(shopId, [await anOrder(shopId, { profileId, goods: '100' })]);
    expect(await tierOf(shopId, profileId)).toEqual({
      basis: 'net_spend',
      currency: 'EUR',
      figure: '100',
      name: 'Silver',
      multiplier: '1.5',
      since: '2026-05-01T10:00:00.000Z',
      until: '2027-05-01T10:00:00.000Z',
      inGrace: false,
      next: { name: 'Gold', threshold: '500' },
    });
  });

  it('is not shown in a shop without tiers', async () => {
    const { id: shopId } = await aShop();
    expect(await tierOf(shopId, await aProfile(shopId))).toBeNull();
  });
});
