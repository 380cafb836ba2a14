import { describe, expect, it } from 'vitest';
import {
  applyTiers,
  previewCampaign,
  updateCampaign,
  updateEarnRule,
  updateTierProgramme,
} from '~/modules/loyalty/index.server';
import type { CampaignDraft, EarnRuleChanges } from '~/modules/loyalty/types';
import { prisma, withShop } from '~/platform/db/index.server';
import { at, useEarner } from '../../factories/earner';
import { aRefund, aShop, anOrder } from '../../factories/loyalty';
import { addLine, addTax, aProduct, lineOf, refundLine } from '../../factories/order-lines';
import { useTestDatabase } from '../../setup/database';

useTestDatabase();

const launched = at('2026-03-01');
const now = at('2026-06-01');
const { who, post, points } = useEarner(now);
const change = (changes: EarnRuleChanges, when = launched, shop = who.shopId) =>
  withShop(shop, (tx) => updateEarnRule(tx, { shopId: shop, changes, now: when }));
const campaign = (overrides: Partial<CampaignDraft> = {}): CampaignDraft => ({
  ...{ title: 'x', enabled: true, factor: '2', scope: 'all', productIds: [], collectionIds: [], tags: [] },
  ...{ startsOn: null, endsOn: null, minimum: null, maxExtra: null },
  ...overrides,
});

/** 60.00 of nothing in particular, 30.00 of product 1 and 10.00 of product 2. */
async function mixedOrder(day = '2026-05-02') {
  const order = await anOrder(who.shopId, { ...who, goods: '60', processedAt: at(day) });
  const first = await addLine(who.shopId, order, '30', 1n);
  const second = await addLine(who.shopId, order, '10', 2n);
  return { order, first, second };
}
const products = async () => {
  await aProduct(who.shopId, 1n, { tags: ['Summer'], collectionIds: [7n] });
  await aProduct(who.shopId, 2n, { tags: ['sale'], collectionIds: [8n] });
};

describe('a rule with a list of goods', () => {
  it.each<[string, EarnRuleChanges, number]>([
    ['only a product', { scope: 'products', productIds: [1n] }, 30],
    ['all but a product', { scope: 'products', productIds: [1n], allBut: true }, 70],
    ['only a collection', { scope: 'collections', collectionIds: [8n, 9n] }, 10],
    ['all but a collection', { scope: 'collections', collectionIds: [8n], allBut: true }, 90],
    ['only a tag', { scope: 'tags', tags: ['summer'] }, 30],
    ['all but two tags', { scope: 'tags', tags: ['summer', 'SALE'], allBut: true }, 60],
  ])('%s', async (_what, changes, earned) => {
    await products();
    await change(changes);
    const { order } = await mixedOrder();
    await post(order);
    await post(order);
    expect(await points()).toBe(earned);
  });

  it('as the README tells: refunds take back what their goods had earned, by the version of their time', async () => {
    await products();
    await change({ scope: 'tags', tags: ['sale'], allBut: true });
    const { order, first, second } = await mixedOrder();
    await post(order);
    expect(await points()).toBe(90);
    await change({ scope: 'all' }, at('2026-05-10'));
    await prisma().product.updateMany({ where: { shopId: who.shopId }, data: { tags: ['sale'] } });
    await refundLine(who.shopId, order, second, '10');
    await post(order);
    expect(await points()).toBe(90);
    await refundLine(who.shopId, order, first, '15');
    await post(order);
    expect(await points()).toBe(75);
    const later = await mixedOrder('2026-05-11');
    await post(later.order);
    expect(await points()).toBe(75 + 100);
  });

  it('leaves orders from before it as they are, also when they are refunded after it', async () => {
    const { order, second } = await mixedOrder('2026-04-01');
    await post(order);
    await change({ scope: 'products', productIds: [1n] }, at('2026-05-01'));
    await refundLine(who.shopId, order, second, '10');
    await post(order);
    expect(await points()).toBe(90);
  });

  it('money back that names no line falls on all goods in proportion', async () => {
    await change({ scope: 'products', productIds: [2n], allBut: true });
    const { order } = await mixedOrder();
    await aRefund(who.shopId, order, '50');
    await post(order);
    expect(await points()).toBe(45);
  });

  it('counts the tax of the lines that earn, and of tax that no line tells the share; orders judged before keep theirs', async () => {
    await products();
    await change({ scope: 'tags', tags: ['sale'], allBut: true, includeTax: true });
    const taxed = async () => {
      const order = await anOrder(who.shopId, { ...who, goods: '60', processedAt: at('2026-05-02') });
      const earning = await addLine(who.shopId, order, '30', 1n, '6.30');
      const left = await addLine(who.shopId, order, '10', 2n, '1.90');
      await addTax(who.shopId, order, '0.95'); // of shipping
      await post(order);
      return { order, earning, left };
    };
    const { order, earning, left } = await taxed();
    expect(await points()).toBe(97); // 90.00 + 6.30 + 9/10 of 0.95
    await refundLine(who.shopId, order, left, '10', '1.90');
    await post(order);
    expect(await points()).toBe(97);
    await refundLine(who.shopId, order, earning, '15', '3.15');
    await post(order);
    expect(await points()).toBe(79); // 18.15 less
    const before = await taxed();
    const all = { shopId: who.shopId, orderId: before.order };
    await prisma().orderLineEarn.updateMany({ where: all, data: { ownTax: false } });
    await post(before.order);
    expect(await points()).toBe(79 + 98); // 90.00 + 9/10 of 9.15
  });

  it('waits with its word on a line until its product is known', async () => {
    await change({ scope: 'tags', tags: ['summer'] });
    const { order } = await mixedOrder();
    await post(order);
    expect(await points()).toBe(0);
    await products();
    await post(order);
    expect(await points()).toBe(30);
    await prisma().product.updateMany({ where: { shopId: who.shopId }, data: { tags: [] } });
    await post(order);
    expect(await points()).toBe(30);
  });

  it('what it leaves out counts in no campaign; the dry run tells the same', async () => {
    await products();
    await change({ scope: 'products', productIds: [1n, 2n] });
    const { order, first } = await mixedOrder();
    const dryRun = (draft: CampaignDraft) =>
      withShop(who.shopId, (tx) => previewCampaign(tx, { ...who, draft, now }));
    const triple = campaign({ factor: '3', maxExtra: 70 });
    expect(await dryRun(triple)).toMatchObject({ orders: 1, points: 70 });
    expect(await dryRun(campaign({ scope: 'tags', tags: ['summer'] }))).toMatchObject({ points: 30 });
    await withShop(who.shopId, (tx) =>
      updateCampaign(tx, { ...who, id: null, draft: triple, now: launched }),
    );
    await post(order);
    expect(await points()).toBe(40 + 70);
    await refundLine(who.shopId, order, first, '30');
    await refundLine(who.shopId, order, await lineOf(who.shopId, order), '60');
    await post(order);
    expect(await points()).toBe(30);
  });

  it('tiers by points earned count what earns', async () => {
    await change({ scope: 'products', productIds: [1n] });
    await withShop(who.shopId, (tx) =>
      updateTierProgramme(tx, {
        ...who,
        draft: {
          ...{ enabled: true, basis: 'points_earned', span: 'lifetime', graceDays: 0 },
          tiers: [{ id: null, name: 'Silver', threshold: '31', multiplier: '1', entryPoints: 0 }],
        },
        now: launched,
      }),
    );
    const { order } = await mixedOrder();
    await post(order);
    await withShop(who.shopId, (tx) => applyTiers(tx, { ...who, profileIds: [who.profileId], now }));
    expect(await prisma().profileTier.findFirst({ where: { shopId: who.shopId } })).toMatchObject({
      tierId: null,
    });
    const [tier] = await prisma().profileTier.findMany({ where: { shopId: who.shopId } });
    expect(Number(tier?.figure)).toBe(30);
  });

  it('20 at once post once, and another shop is nobody’s business', async () => {
    const other = (await aShop()).id;
    await change({ scope: 'products', productIds: [1n] }, launched, other);
    await products();
    await change({ scope: 'collections', collectionIds: [7n] });
    const { order } = await mixedOrder();
    await Promise.all(Array.from({ length: 20 }, () => post(order)));
    expect(await points()).toBe(30);
    expect(await prisma().orderLineEarn.count({ where: { shopId: other } })).toBe(0);
  });
});

describe('changing the list', () => {
  it('makes a version, and none when nothing changes', async () => {
    const list = { scope: 'products', productIds: [1n] } as const;
    const first = await change({ ...list, productIds: [1n] });
    expect(await change({ ...list, productIds: [1n] })).toEqual(first);
    expect((await change({ allBut: true })).version).toBe(first.version + 1);
  });

  it.each<EarnRuleChanges>([
    { scope: 'products' },
    { scope: 'tags', tags: [] },
    { scope: 'collections', collectionIds: [] },
    { scope: 'tags', tags: [' '] },
  ])('refuses a list that names nothing: %j', async (wrong) => {
    await expect(change(wrong)).rejects.toMatchObject({ code: 'invalid' });
  });
});
