import { describe, expect, it } from 'vitest';
import { getLoyaltyFigures, getProfilePage, getTierState } from '~/modules/insights/index.server';
import { adjustPoints, ensureEarnRule, updateTierProgramme } from '~/modules/loyalty/index.server';
import { withShop } from '~/platform/db/index.server';
import { postPointsAndTiers } from '~/processes/post-points-and-tiers.server';
import { aProfile, aRefund, aShop, anOrder } from '../../factories/loyalty';
import { useTestDatabase } from '../../setup/database';

useTestDatabase();

const now = new Date('2026-06-15T10:00:00Z');
const figures = (shopId: number) => withShop(shopId, (tx) => getLoyaltyFigures(tx, { shopId, now }));
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
  it('counts members and points, and draws twelve months of what orders earned and lost', async () => {
    const shopId = await aShopWithTiers();
    const elsewhere = await aShopWithTiers();
    const profileId = await aProfile(shopId);
    const order = await anOrder(shopId, {
      profileId,
      goods: '100',
      processedAt: new Date('2026-05-01T10:00:00Z'),
    });
    await post(shopId, [order]);
    await aRefund(shopId, order, '10');
    await post(shopId, [order]);
    const by = { reason: 'thanks', staff: 'staff:1', key: 'x', now };
    await withShop(shopId, (tx) => adjustPoints(tx, { shopId, profileId, points: 5, ...by }));

    const { months, ...totals } = await figures(shopId);
    expect(totals).toEqual({ members: 1, points: 95, pending: 0 });
    expect(months).toHaveLength(12);
    expect(months[0]?.month).toBe('2025-07-01');
    expect(months.slice(-2)).toEqual([
      { month: '2026-05-01', earned: 100, takenBack: 10 },
      { month: '2026-06-01', earned: 0, takenBack: 0 },
    ]);
    expect((await figures(elsewhere)).members).toBe(0);
    expect((await state(elsewhere)).members).toEqual([]);
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
