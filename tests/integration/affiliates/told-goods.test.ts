import { afterEach, describe, expect, it } from 'vitest';
import { applyToldGoods, listShopsWithDueCommissions } from '~/modules/affiliates/index.server';
import type { RateTerms } from '~/modules/affiliates/types';
import { acrossShops, prisma, withShop } from '~/platform/db/index.server';
import {
  anAffiliate,
  aProgramme,
  codeOrder,
  commissionTotals,
  goodsBack,
  moneyOf,
} from '../../factories/affiliates';
import { minute, orderLine, productFact } from '../../factories/facts';
import { arrive, arriveHeld } from '../../factories/records';
import { useTestDatabase } from '../../setup/database';

useTestDatabase();

afterEach(async () => {
  expect(await commissionTotals()).toEqual({ drifted: 0, sum: 0, unbalanced: 0 });
});

const byTag: RateTerms = { on: 'tags', targets: ['sale'], kind: 'percent', value: '1' };
const byCollection: RateTerms = { on: 'collections', targets: ['70'], kind: 'percent', value: '20' };
const fern = orderLine({ id: 1n, productId: 10n });
const now = minute(60);

async function world(rates: RateTerms[], holdDays = 30) {
  const { shopId, groupId } = await aProgramme({ rates, holdDays });
  return { shopId, ...(await anAffiliate(shopId, groupId)) };
}

const tell = (shopId: number, at: Date, told: { tags?: string[]; collections?: bigint[] } = {}) => {
  const { tags = [], collections } = told;
  const known = collections?.map((id) => ({ id, title: 'Ferns', updatedAt: at }));
  const product = productFact(10n, { tags, updatedAt: at, ...(known && { collections: known }) });
  return arrive(shopId, { products: [product] });
};

const work = (shopId: number, limit = 100) =>
  withShop(shopId, (tx) => applyToldGoods(tx, { shopId, limit, now }));
const shopsWithWork = () => acrossShops((db) => listShopsWithDueCommissions(db, { now }));

describe('goods of which nothing was known when they were ordered', () => {
  it('earn by their rate by themselves once the product, then its collections are told', async () => {
    const { shopId, affiliateId, code } = await world([byCollection, byTag]);
    const pending = async () => (await moneyOf(shopId, affiliateId)).pending;
    await arrive(shopId, { orders: [codeOrder(1n, code, { lines: [fern] })] });
    expect([await pending(), await work(shopId), await shopsWithWork()]).toEqual([10, 0, []]);
    await tell(shopId, minute(1), { tags: ['sale'] }); // a webhook: nothing of collections
    expect(await shopsWithWork()).toEqual([shopId]);
    expect([await work(shopId), await pending()]).toEqual([1, 1]);
    await tell(shopId, minute(2), { tags: ['sale'] }); // told again: collections are what it waits for
    expect(await work(shopId)).toBe(0);
    await tell(shopId, minute(3), { collections: [70n] });
    expect([await work(shopId), await pending()]).toEqual([1, 20]);
    await tell(shopId, minute(4), { tags: ['sale'], collections: [] }); // what was said of a line stays
    expect([await work(shopId), await pending(), await shopsWithWork()]).toEqual([0, 20, []]);
  });

  it('end the same whatever came first, also a refund, and after the hold', async () => {
    const ends = [];
    for (const order of ['before', 'between', 'after'] as const) {
      const { shopId, affiliateId, code } = await world([byCollection], 0);
      const product = () => tell(shopId, minute(1), { collections: [70n] });
      const refund = () => arrive(shopId, { refunds: [goodsBack(11n, 1n, '50')] });
      if (order === 'before') await product();
      await arrive(shopId, { orders: [codeOrder(1n, code, { lines: [fern] })] });
      if (order === 'between') await product();
      await refund();
      if (order === 'after') await product();
      await work(shopId);
      const rows = await prisma().affiliateOrder.findMany({ where: { shopId } });
      ends.push([
        await moneyOf(shopId, affiliateId),
        rows.map(({ commission, lineRates, openProducts, openCollections }) => ({
          ...{ commission: Number(commission), lineRates, openProducts, openCollections },
        })),
      ]);
    }
    const settled = {
      commission: 10,
      lineRates: { 1: 0 },
      openProducts: [],
      openCollections: [],
    };
    const end = [{ pending: 0, payable: 10, setAside: 0, paid: 0 }, [settled]];
    expect(ends).toEqual([end, end, end]);
  });

  it('are judged in batches, once, also by many at once, and in their own shop', async () => {
    const [a, b] = [await world([byTag]), await world([byTag])];
    const ids = Array.from({ length: 25 }, (_, n) => BigInt(n + 1));
    for (const { shopId, code } of [a, b])
      await arrive(shopId, { orders: ids.map((id) => codeOrder(id, code, { lines: [fern] })) });
    await tell(a.shopId, minute(1), { tags: ['sale'] });
    expect([await work(a.shopId, 10), await work(a.shopId, 10)]).toEqual([10, 10]);
    await Promise.all(Array.from({ length: 5 }, () => work(a.shopId)));
    expect(await work(a.shopId)).toBe(0);
    expect([await moneyOf(a.shopId, a.affiliateId), await moneyOf(b.shopId, b.affiliateId)]).toMatchObject([
      { pending: 25 },
      { pending: 250 },
    ]);
    expect(await work(b.shopId)).toBe(0);
    expect(await prisma().affiliateTransaction.count({ where: { shopId: a.shopId } })).toBe(50);
  });

  it('are judged again though the order and its product were told at once, and neither saw the other', async () => {
    for (const first of ['order', 'product'] as const) {
      const { shopId, affiliateId, code } = await world([byCollection, byTag]);
      const told = [{ id: 70n, title: 'Ferns', updatedAt: minute(1) }];
      const facts = {
        order: { orders: [codeOrder(1n, code, { lines: [fern] })] },
        product: { products: [productFact(10n, { tags: ['sale'], collections: told })] },
      };
      const second = first === 'order' ? 'product' : 'order';
      const began = await arriveHeld(shopId, facts[first]);
      await arrive(shopId, facts[second]);
      await began.commit();
      expect(await shopsWithWork()).toEqual([shopId]);
      expect([await work(shopId), (await moneyOf(shopId, affiliateId)).pending]).toEqual([1, 20]);
      expect([await work(shopId), await shopsWithWork()]).toEqual([0, []]);
    }
  });

  it('are of no interest where no rate asks', async () => {
    const { shopId, affiliateId, code } = await world([]);
    await arrive(shopId, { orders: [codeOrder(1n, code, { lines: [fern] })] });
    await tell(shopId, minute(1), { tags: ['sale'], collections: [70n] });
    expect([await shopsWithWork(), (await moneyOf(shopId, affiliateId)).pending]).toEqual([[], 10]);
  });
});
