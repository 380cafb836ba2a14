import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  closeLedgerDays,
  getAccounting,
  listShopsWithDueBooks,
  postTransactions,
  updatePointValue,
} from '~/modules/loyalty/index.server';
import type { AccountingReport, AccountingUnit, TransactionInput } from '~/modules/loyalty/types';
import { acrossShops, prisma, withShop } from '~/platform/db/index.server';
import { aProfile, aShop } from '../../factories/loyalty';
import { useTestDatabase } from '../../setup/database';

useTestDatabase();

const start = new Date('2026-03-01T00:00:00Z');
const dayMs = 86_400_000;
const hours = (count: number): Date => new Date(start.getTime() + count * 3_600_000);

let keys = 0;
const post = (
  shopId: number,
  now: Date,
  kind: TransactionInput['kind'],
  postings: TransactionInput['postings'],
): Promise<unknown> =>
  withShop(shopId, (tx) => {
    keys += 1;
    const key = `k${keys}`;
    return postTransactions(tx, { shopId, now, transactions: [{ kind, key, occurredAt: start, postings }] });
  });
const report = (
  shopId: number,
  now: Date,
  unit: AccountingUnit = 'day',
  periods = 5,
): Promise<AccountingReport> => withShop(shopId, (tx) => getAccounting(tx, { shopId, unit, periods, now }));
const close = (shopId: number, now: Date): Promise<void> =>
  withShop(shopId, (tx) => closeLedgerDays(tx, { shopId, now }));

describe('the books of a shop', () => {
  it('tell days of its own time zone, and what it owes', async () => {
    const { id: shopId } = await aShop();
    await prisma().shop.update({ where: { id: shopId }, data: { timeZone: 'America/New_York' } });
    const profileId = await aProfile(shopId);
    await post(shopId, hours(3), 'earn', [{ profileId, account: 'pending', points: 100 }]); // 28 February there
    await post(shopId, hours(12), 'release', [
      { profileId, account: 'pending', points: -100 },
      { profileId, account: 'points', points: 100 },
    ]);
    await post(shopId, hours(13), 'expire', [{ profileId, account: 'points', points: -25 }]);
    const { periods, ...rest } = await report(shopId, hours(20), 'day', 3);
    expect(
      periods.map(({ period, opening, earned, becameSpendable, expired, closing, pending }) => [
        period,
        opening,
        earned,
        becameSpendable,
        expired,
        closing,
        pending,
      ]),
    ).toEqual([
      ['2026-02-27', 0, 0, 0, 0, 0, 0],
      ['2026-02-28', 0, 100, 0, 0, 100, 100],
      ['2026-03-01', 100, 0, 100, -25, 75, 0],
    ]);
    expect(rest).toMatchObject({ outstanding: 75, pending: 0, pointValue: null, liability: null });
    await withShop(shopId, (tx) => updatePointValue(tx, { shopId, pointValue: '0.01', now: hours(20) }));
    expect(await report(shopId, hours(20), 'month', 2)).toMatchObject({
      liability: '0.75',
      pointValue: '0.01',
    });
  });

  it('count each entry once where the clocks go back at midnight', async () => {
    const { id: shopId } = await aShop();
    await prisma().shop.update({ where: { id: shopId }, data: { timeZone: 'Atlantic/Azores' } });
    const profileId = await aProfile(shopId);
    const at = (text: string) => new Date(`2026-10-${text}:00Z`);
    const moments = ['24T12:00', '25T00:30', '25T01:30', '26T00:59', '26T01:00']; // 00:30 is twice on the 25th
    for (const [n, moment] of moments.entries())
      await post(shopId, at(moment), 'earn', [{ profileId, account: 'points', points: 10 ** n }]);
    const days = async () =>
      (await report(shopId, at('26T12:00'), 'day', 3)).periods.map(({ period, earned }) => [period, earned]);
    const told = [
      ['2026-10-24', 1],
      ['2026-10-25', 1_110],
      ['2026-10-26', 10_000],
    ];
    for (const now of ['23T12:00', '25T04:00', '25T06:00', '26T04:00']) {
      await close(shopId, at(now));
      expect(await days()).toEqual(told);
    }
  });

  it('are the shop’s own', async () => {
    const [one, two] = [await aShop(), await aShop()];
    await post(one.id, hours(1), 'earn', [
      { profileId: await aProfile(one.id), account: 'points', points: 9 },
    ]);
    expect((await report(two.id, hours(2))).outstanding).toBe(0);
    expect((await report(one.id, hours(2))).outstanding).toBe(9);
  });

  it('are the same closed or not, closed twice, by many at once, or in another time zone since', async () => {
    const { id: shopId } = await aShop();
    const profileId = await aProfile(shopId);
    for (let hour = 0; hour < 100; hour += 7)
      await post(shopId, hours(hour), 'earn', [{ profileId, account: 'points', points: hour + 1 }]);
    const open = await report(shopId, hours(110));
    await close(shopId, hours(50));
    expect(await report(shopId, hours(110))).toEqual(open);
    await Promise.all(Array.from({ length: 20 }, () => close(shopId, hours(105))));
    expect(await report(shopId, hours(110))).toEqual(open);
    expect(await prisma().ledgerDay.count({ where: { shopId } })).toBe(4);
    await prisma().shop.update({ where: { id: shopId }, data: { timeZone: 'Asia/Tokyo' } });
    const moved = await report(shopId, hours(110));
    expect(moved.outstanding).toBe(open.outstanding);
    await close(shopId, hours(110));
    expect(await report(shopId, hours(110))).toEqual(moved);
  });

  it('close a day an hour after it is over, so that nothing under way is missed', async () => {
    const { id: shopId } = await aShop();
    const profileId = await aProfile(shopId);
    await post(shopId, hours(23.9), 'earn', [{ profileId, account: 'points', points: 1 }]);
    await close(shopId, hours(24.5));
    expect(await prisma().ledgerDay.count({ where: { shopId } })).toBe(0);
    expect(await acrossShops((db) => listShopsWithDueBooks(db, { now: hours(24.5) }))).not.toContain(shopId);
    expect(await acrossShops((db) => listShopsWithDueBooks(db, { now: hours(25) }))).toContain(shopId);
    await close(shopId, hours(25));
    expect(await acrossShops((db) => listShopsWithDueBooks(db, { now: hours(25) }))).not.toContain(shopId);
    expect(await prisma().ledgerDay.count({ where: { shopId } })).toBe(1);
  });

  it.each(['0', '-1', 'a', '1.23456', ''])('refuse %s as the value of a point', async (pointValue) => {
    const { id: shopId } = await aShop();
    await expect(
      withShop(shopId, (tx) => updatePointValue(tx, { shopId, pointValue, now: start })),
    ).rejects.toMatchObject({ code: 'invalid' });
  });

  it('opening + movements = closing = what the accounts hold, whatever was posted and whenever it was closed', async () => {
    const step = fc.record({
      kind: fc.constantFrom('earn', 'reverse', 'adjust', 'expire', 'release', 'merge', 'close'),
      account: fc.constantFrom('points' as const, 'pending' as const),
      points: fc.integer({ min: 1, max: 500 }),
      wait: fc.integer({ min: 0, max: 60 }), // hours
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 1, maxLength: 15 }),
        fc.constantFrom('UTC', 'Pacific/Apia', 'America/St_Johns'),
        async (steps, timeZone) => {
          const { id: shopId } = await aShop();
          await prisma().shop.update({ where: { id: shopId }, data: { timeZone } });
          const [profileId, other] = [await aProfile(shopId), await aProfile(shopId)];
          let hour = 0;
          for (const { kind, account, points, wait } of steps) {
            hour += wait;
            if (kind === 'close') await close(shopId, hours(hour));
            else if (kind === 'release')
              await post(shopId, hours(hour), kind, [
                { profileId, account: 'pending', points: -points },
                { profileId, account: 'points', points },
              ]);
            else if (kind === 'merge')
              await post(shopId, hours(hour), kind, [
                { profileId, account, points: -points },
                { profileId: other, account, points },
              ]);
            else {
              const signed = kind === 'reverse' || kind === 'expire' ? -points : points;
              await post(shopId, hours(hour), kind, [{ profileId, account, points: signed }]);
            }
          }
          const held = await prisma().ledgerAccount.aggregate({
            where: { shopId, kind: { not: 'issued' } },
            _sum: { balance: true },
          });
          const days = Math.ceil((hour * 3_600_000) / dayMs) + 3;
          for (const books of [
            await report(shopId, hours(hour), 'day', days),
            await report(shopId, hours(hour), 'day', 2),
            await report(shopId, hours(hour), 'month', 2),
          ]) {
            let before = books.periods[0]?.opening ?? NaN;
            for (const { opening, earned, reversed, adjusted, redeemed, expired, closing } of books.periods) {
              expect(opening).toBe(before);
              expect(opening + earned + reversed + adjusted + redeemed + expired).toBe(closing);
              before = closing;
            }
            expect(BigInt(before)).toBe(held._sum.balance ?? 0n);
          }
        },
      ),
      { numRuns: 25 },
    );
  });
});
