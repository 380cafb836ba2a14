import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  claimToldOrders,
  listShopsWithDuePoints,
  updateCampaign,
  updateEarnRule,
} from '~/modules/loyalty/index.server';
import type { CampaignDraft } from '~/modules/loyalty/types';
import { acrossShops, prisma, withShop } from '~/platform/db/index.server';
import { goodsTold } from '~/processes/goods-told.server';
import { goodsBack } from '../../factories/affiliates';
import { guest, minute, orderFact, orderLine, productFact } from '../../factories/facts';
import { ledgerTotals } from '../../factories/loyalty';
import { arrive, arriveHeld, createShop, type Facts } from '../../factories/records';
import { useTestDatabase } from '../../setup/database';

useTestDatabase();

const from = minute(-60);
let shopId = 0;
beforeEach(async () => (shopId = await createShop()));
afterEach(async () => {
  expect(await ledgerTotals()).toEqual({ drifted: 0, sum: 0n, unbalanced: 0 });
});

const campaign = (list: Pick<CampaignDraft, 'scope'> & Partial<CampaignDraft>): CampaignDraft => ({
  ...{ title: 'x', enabled: true, factor: '3', productIds: [], collectionIds: [], tags: [] },
  ...{ startsOn: null, endsOn: null, minimum: null, maxExtra: null },
  ...list,
});
const byTag = { scope: 'tags' as const, tags: ['Sale'] };
const byCollection = { scope: 'collections' as const, collectionIds: [70n] };
const rules = {
  'a rule for all but a tag': (tx, shop) =>
    updateEarnRule(tx, { ...shop, changes: { ...byTag, allBut: true } }),
  'a rule for a collection': (tx, shop) => updateEarnRule(tx, { ...shop, changes: byCollection }),
  'a rule for all but a collection': (tx, shop) =>
    updateEarnRule(tx, { ...shop, changes: { ...byCollection, allBut: true } }),
  'a campaign for a tag': (tx, shop) => updateCampaign(tx, { ...shop, id: null, draft: campaign(byTag) }),
  'a campaign for a collection': (tx, shop) =>
    updateCampaign(tx, { ...shop, id: null, draft: campaign(byCollection) }),
} satisfies Record<
  string,
  (tx: Parameters<typeof updateEarnRule>[0], shop: { shopId: number; now: Date }) => Promise<unknown>
>;
type Rule = keyof typeof rules;
const use = (rule: Rule) => withShop<unknown>(shopId, (tx) => rules[rule](tx, { shopId, now: from }));

/** 60.00 of something without a product, 40.00 of a fern. */
const order: Facts = {
  orders: [
    orderFact(1n, {
      person: guest('ada@mail.example'),
      lines: [
        orderLine({ id: 2n, productId: null, variantId: null, price: '60.00' }),
        orderLine({ id: 1n, price: '40.00' }),
      ],
    }),
  ],
};
const product = (at = minute(1)): Facts => {
  const collections = [{ id: 70n, title: 'Ferns', updatedAt: at }];
  return { products: [productFact(10n, { tags: ['sale'], collections, updatedAt: at })] };
};
const points = async () =>
  Number(
    (await prisma().ledgerAccount.aggregate({ where: { shopId }, _sum: { balance: true } }))._sum.balance,
  );
const due = () => acrossShops((db) => listShopsWithDuePoints(db, { now: minute(60) }));
const entries = () => prisma().ledgerTransaction.count({ where: { shopId } });

describe('goods of which nothing was known when they were ordered, by', () => {
  it.each<[Rule, number, number, number]>([
    ['a rule for all but a tag', 100, 60, 60],
    ['a rule for a collection', 0, 40, 20],
    ['a campaign for a tag', 100, 180, 120],
    ['a campaign for a collection', 100, 180, 120],
  ])('%s: %i points, %i once the product is told, whatever came first', async (rule, before, after, left) => {
    await use(rule);
    await arrive(shopId, order);
    expect([await points(), await due()]).toEqual([before, []]);
    const webhook = productFact(10n, { tags: [], updatedAt: minute(1) });
    await arrive(shopId, product());
    await arrive(shopId, { products: [{ ...webhook, updatedAt: minute(0) }] }); // older news
    expect([await points(), await due()]).toEqual([before, [shopId]]);
    await Promise.all([goodsTold(shopId), goodsTold(shopId), goodsTold(shopId)]);
    expect([await points(), await due()]).toEqual([after, []]);
    const told = await entries();
    await arrive(shopId, { products: [{ ...webhook, updatedAt: minute(5) }] }); // what was said of a line stays
    await goodsTold(shopId);
    await arrive(shopId, order);
    expect([await points(), await entries()]).toEqual([after, told]);
    await arrive(shopId, { refunds: [goodsBack(11n, 1n, '20')] });
    expect(await points()).toBe(left);

    shopId = await createShop();
    await use(rule);
    await arrive(shopId, order);
    await arrive(shopId, { refunds: [goodsBack(11n, 1n, '20')] });
    await arrive(shopId, product());
    await goodsTold(shopId);
    expect(await points()).toBe(left);
  });

  it.each<[Rule, number, number]>([
    ['a rule for all but a tag', 100, 60],
    ['a rule for a collection', 0, 0],
    ['a rule for all but a collection', 100, 100],
    ['a campaign for a collection', 100, 100],
  ])(
    '%s: a deleted product has no collections, and no tags but those told: %i, %i',
    async (rule, bare, tagged) => {
      const gone = { products: [productFact(10n, { deleted: true, updatedAt: minute(2) })] };
      const told = { products: [productFact(10n, { tags: ['sale'], updatedAt: minute(1) })] };
      for (const [facts, earned] of [
        [[order, gone], bare],
        [[gone, order], bare],
        [[order, told, gone], tagged],
        [[told, gone, order], tagged],
      ] as const) {
        shopId = await createShop();
        await use(rule);
        for (const fact of facts) await arrive(shopId, fact);
        await goodsTold(shopId);
        expect(await points()).toBe(earned);
        const lines = [
          ...(await prisma().orderLineEarn.findMany({ where: { shopId } })),
          ...(await prisma().orderLineFactor.findMany({ where: { shopId } })),
        ];
        expect(lines.map(({ waitsFor }) => waitsFor)).toEqual([null, null]);
      }
    },
  );

  it.each<[Rule, number]>([
    ['a rule for all but a tag', 60],
    ['a campaign for a collection', 180],
  ])('%s: told in the same instant as the order', async (rule, after) => {
    for (const [held, free] of [
      [order, product()],
      [product(), order],
    ] as const) {
      shopId = await createShop();
      await use(rule);
      const began = await arriveHeld(shopId, held);
      await arrive(shopId, free);
      await began.commit();
      expect(await due()).toContain(shopId);
      await goodsTold(shopId);
      expect([await points(), await due()]).toEqual([after, []]);
    }
  });

  it('products alone, or in another shop: nobody waits', async () => {
    await withShop(shopId, (tx) =>
      updateEarnRule(tx, { shopId, changes: { scope: 'products', productIds: [10n] }, now: from }),
    );
    await arrive(shopId, order);
    const other = shopId;
    shopId = await createShop();
    await use('a rule for a collection');
    await arrive(shopId, order);
    await arrive(other, product());
    expect(await due()).toEqual([]);
    expect(await withShop(shopId, (tx) => claimToldOrders(tx, { shopId, limit: 10 }))).toEqual([]);
    expect(await points()).toBe(0);
  });
});
