import { describe, expect, it } from 'vitest';
import { listWeeks, recordLinkClick } from '~/modules/affiliates/index.server';
import { listAffiliateOrders, listAffiliatePayouts, listAffiliates } from '~/modules/insights/index.server';
import type { ListPage, PageCursor } from '~/modules/insights/types';
import { prisma, withShop } from '~/platform/db/index.server';
import { anAffiliate, aProgramme, codeOrder, makePayout } from '../../factories/affiliates';
import { minute } from '../../factories/facts';
import { arrive } from '../../factories/records';
import { useTestDatabase } from '../../setup/database';

useTestDatabase();

const day = (days: number) => minute(days * 24 * 60);

/** Reads a list to its end and back again; what each page showed. */
async function walk<T>(
  ask: (cursor: PageCursor) => Promise<ListPage<T>>,
  name: (item: T) => string,
): Promise<string[][]> {
  const pages = [await ask({})];
  for (let last = pages[0]; last?.next; last = pages.at(-1)) pages.push(await ask({ after: last.next }));
  const back = await ask({ before: pages.at(-1)!.previous! });
  expect(back.items.map(name)).toEqual(pages.at(-2)!.items.map(name));
  return pages.map(({ items }) => items.map(name));
}

describe('lists of affiliates', () => {
  it('go on past a page and back, also for people who applied at the same moment; a shop sees its own', async () => {
    const { shopId } = await aProgramme();
    const other = await aProgramme();
    await anAffiliate(other.shopId, other.groupId);
    const rows = Array.from({ length: 5 }, (_, index) => ({
      shopId,
      state: index === 4 ? 'rejected' : 'applied',
      name: `p${index}`,
      email: `p${index}@mail.example`,
      linkCode: `walk${index}`,
      appliedAt: day(index < 3 ? 0 : index),
    }));
    await prisma().affiliate.createMany({ data: rows });
    const list = (tab: 'all' | 'applied') => (cursor: PageCursor) =>
      withShop(shopId, (tx) => listAffiliates(tx, { shopId, query: { tab, ...cursor }, limit: 2 }));
    const name = (row: { name: string | null }) => row.name ?? '';
    expect(await walk(list('all'), name)).toEqual([['p4', 'p3'], ['p2', 'p1'], ['p0']]);
    expect(await walk(list('applied'), name)).toEqual([
      ['p3', 'p2'],
      ['p1', 'p0'],
    ]);
  });

  it('of orders and payouts go on too, with what each affiliate has', async () => {
    const { shopId, groupId } = await aProgramme({ holdDays: 0 });
    const { affiliateId, code, linkCode } = await anAffiliate(shopId, groupId);
    await withShop(shopId, (tx) => recordLinkClick(tx, { shopId, linkCode, now: minute(-5) }));
    for (const index of [1, 2, 3]) {
      const at = { processedAt: day(index), updatedAt: day(index) };
      await arrive(shopId, { orders: [codeOrder(BigInt(index), code, at)] }, { now: day(index) });
      if (index < 3) await makePayout(shopId, `p${index}`, day(index));
    }
    const orders = (cursor: PageCursor) =>
      withShop(shopId, (tx) => listAffiliateOrders(tx, { shopId, affiliateId, cursor, limit: 2 }));
    expect(await walk(orders, ({ orderId }) => orderId)).toEqual([['3', '2'], ['1']]);
    const payouts = (cursor: PageCursor) =>
      withShop(shopId, (tx) => listAffiliatePayouts(tx, { shopId, cursor, limit: 1 }));
    expect(await walk(payouts, ({ total }) => String(Number(total)))).toEqual([['10'], ['10']]);
    const { items } = await withShop(shopId, (tx) =>
      listAffiliates(tx, { shopId, query: { tab: 'all' }, limit: 9 }),
    );
    expect(items).toMatchObject([{ clicks: 1, orders: 3, payable: [{ currency: 'EUR' }] }]);
    expect(Number(items[0]?.payable[0]?.amount)).toBe(10);
  });
});

describe('weeks', () => {
  it('begin on Mondays of the shop’s time zone, and show what earns', async () => {
    const { shopId, groupId } = await aProgramme();
    const [rosa, ben] = [await anAffiliate(shopId, groupId), await anAffiliate(shopId, groupId)];
    const sunday = new Date('2026-05-03T21:30:00Z'); // in Berlin; Monday in Auckland
    const monday = new Date('2026-05-03T22:30:00Z'); // in Berlin
    const orders = [
      codeOrder(1n, rosa.code, { processedAt: sunday, updatedAt: sunday }),
      codeOrder(2n, rosa.code, { processedAt: monday, updatedAt: monday }),
      codeOrder(3n, ben.code, { processedAt: monday, updatedAt: monday, test: true }),
    ];
    await arrive(shopId, { orders }, { now: day(9) });
    for (const { linkCode } of [rosa, ben])
      await withShop(shopId, (tx) => recordLinkClick(tx, { shopId, linkCode, now: monday }));
    const weeks = (affiliateId?: bigint) =>
      withShop(shopId, (tx) =>
        listWeeks(tx, {
          ...{ shopId, currency: 'EUR', timeZone: 'Europe/Berlin', now: new Date('2026-05-06T10:00:00Z') },
          ...(affiliateId !== undefined && { affiliateId }),
          count: 3,
        }),
      );
    const figures = (found: Awaited<ReturnType<typeof weeks>>) =>
      found.map(({ monday: at, clicks, orders: count, commission }) => [
        at,
        clicks,
        count,
        Number(commission),
      ]);
    expect(figures(await weeks())).toEqual([
      ['2026-04-20', 0, 0, 0],
      ['2026-04-27', 0, 1, 10],
      ['2026-05-04', 2, 1, 10],
    ]);
    expect(figures(await weeks(ben.affiliateId)).at(-1)).toEqual(['2026-05-04', 1, 0, 0]);
  });
});
