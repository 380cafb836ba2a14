import { afterEach, describe, expect, it } from 'vitest';
import {
  applyOrderPoints,
  ensureEarnRule,
  expirePoints,
  getBalance,
  getExpiryRule,
  mergeLedger,
  postTransactions,
  updateEarnRule,
  updateExpiryRule,
} from '~/modules/loyalty/index.server';
import type { ExpiryMode } from '~/modules/loyalty/types';
import { clock } from '~/platform/clock.server';
import { prisma, withShop } from '~/platform/db/index.server';
import { pointsExpired } from '~/processes/points-expired.server';
import { aProfile, aRefund, aShop, anOrder, ledgerTotals } from '../../factories/loyalty';
import { useTestDatabase } from '../../setup/database';

useTestDatabase();

const install = new Date('2026-01-01T00:00:00Z');
const at = (day: string): Date => new Date(`${day}T12:00:00Z`);

async function aProgramme(
  mode: ExpiryMode = 'age',
  days = 60,
): Promise<{ shopId: number; profileId: bigint }> {
  const { id: shopId } = await aShop();
  await withShop(shopId, async (tx) => {
    await ensureEarnRule(tx, { shopId, now: install });
    await updateExpiryRule(tx, { shopId, mode, days, now: install });
  });
  return { shopId, profileId: await aProfile(shopId) };
}

const give = (shopId: number, profileId: bigint, points: number, day: string): Promise<unknown> =>
  withShop(shopId, (tx) =>
    postTransactions(tx, {
      shopId,
      now: at(day),
      transactions: [
        {
          kind: 'adjust',
          key: `${profileId}:${points}:${day}`,
          occurredAt: at(day),
          postings: [{ profileId, account: 'points', points }],
        },
      ],
    }),
  );
const earnOrder = async (shopId: number, profileId: bigint, day: string, goods = '100'): Promise<bigint> => {
  const order = await anOrder(shopId, { profileId, goods, processedAt: at(day) });
  await apply(shopId, order, day);
  return order;
};
const apply = (shopId: number, order: bigint, day: string): Promise<unknown> =>
  withShop(shopId, (tx) => applyOrderPoints(tx, { shopId, orderIds: [order], now: at(day) }));
const run = async (shopId: number, day: string): Promise<number> => {
  const { expired } = await withShop(shopId, (tx) => expirePoints(tx, { shopId, now: at(day) }));
  return expired.reduce((points, one) => points + one.points, 0);
};
const points = async (shopId: number, profileId: bigint): Promise<number> =>
  (await withShop(shopId, (tx) => getBalance(tx, { shopId, profileId }))).points;

afterEach(async () => {
  clock.moveTo(0);
  expect(await ledgerTotals()).toEqual({ drifted: 0, sum: 0n, unbalanced: 0 });
});

describe('points that are due', () => {
  it('expire by age, the oldest first, once', async () => {
    const { shopId, profileId } = await aProgramme();
    await earnOrder(shopId, profileId, '2026-03-01');
    await give(shopId, profileId, 50, '2026-04-01');
    await give(shopId, profileId, -30, '2026-04-02');
    expect(await run(shopId, '2026-04-30')).toBe(0);
    expect(await run(shopId, '2026-05-01')).toBe(70);
    expect(await run(shopId, '2026-05-01')).toBe(0);
    expect(await points(shopId, profileId)).toBe(50);
    expect(await run(shopId, '2026-06-01')).toBe(50);
    expect(await points(shopId, profileId)).toBe(0);
  });

  it('expire by inactivity, never while anything was earned, pending or not', async () => {
    const { shopId, profileId } = await aProgramme('inactivity');
    await earnOrder(shopId, profileId, '2026-03-01');
    await withShop(shopId, (tx) =>
      updateEarnRule(tx, { shopId, changes: { pendingDays: 300 }, now: at('2026-03-02') }),
    );
    await earnOrder(shopId, profileId, '2026-04-15');
    expect(await run(shopId, '2026-05-01')).toBe(0);
    expect(await run(shopId, '2026-06-15')).toBe(100);
    expect(await withShop(shopId, (tx) => getBalance(tx, { shopId, profileId }))).toEqual({
      points: 0,
      pending: 100,
    });
  });

  it('are those of the shop’s own days, and of nobody else’s shop', async () => {
    const { shopId, profileId } = await aProgramme();
    const other = await aProgramme('never');
    await prisma().shop.update({ where: { id: shopId }, data: { timeZone: 'Pacific/Auckland' } });
    await give(shopId, profileId, 10, '2026-03-01'); // in Auckland it is 2 March
    await give(other.shopId, other.profileId, 10, '2026-03-01');
    const evening = new Date('2026-05-01T11:59:00Z'); // 1 May, 23:59
    const expire = (now: Date): Promise<unknown[]> =>
      withShop(shopId, async (tx) => (await expirePoints(tx, { shopId, now })).expired);
    expect(await expire(evening)).toHaveLength(0);
    expect(await expire(new Date('2026-05-01T12:00:00Z'))).toHaveLength(1);
    expect(await run(other.shopId, '2027-05-01')).toBe(0);
    expect(await points(other.shopId, other.profileId)).toBe(10);
  });

  it('20 runs at once take them once, while a customer goes on earning', async () => {
    const { shopId } = await aProgramme();
    const people = await Promise.all(Array.from({ length: 10 }, () => aProfile(shopId)));
    for (const profileId of people) await give(shopId, profileId, 40, '2026-03-01');
    const [taken] = await Promise.all([
      Promise.all(Array.from({ length: 20 }, () => run(shopId, '2026-06-01'))),
      ...people.map((profileId) => give(shopId, profileId, 7, '2026-06-01')),
    ]);
    expect(taken.reduce((all, one) => all + one, 0)).toBe(400);
    for (const profileId of people) expect(await points(shopId, profileId)).toBe(7);
  });

  it('are taken by the daily run in batches, and told on the timeline', async () => {
    const { shopId } = await aProgramme();
    const people = await Promise.all(Array.from({ length: 5 }, () => aProfile(shopId)));
    for (const profileId of people) await give(shopId, profileId, 40, '2026-03-01');
    let after: bigint | null = 0n;
    const batches: number[] = [];
    while (after !== null) {
      const from: bigint = after;
      const batch = await withShop(shopId, (tx) =>
        expirePoints(tx, { shopId, now: at('2026-06-01'), after: from, limit: 2 }),
      );
      batches.push(batch.expired.length);
      after = batch.next;
    }
    expect(batches).toEqual([2, 2, 1]);
    for (const profileId of people) await give(shopId, profileId, 3, '2026-06-02');
    clock.moveTo(at('2026-09-01').getTime() - Date.now());
    await pointsExpired(shopId);
    await pointsExpired(shopId);
    const events = await prisma().timelineEvent.findMany({ where: { shopId, kind: 'points_expired' } });
    expect(events.map(({ data }) => data)).toEqual(Array(5).fill({ points: 3 }));
  });
});

describe('a refund of an order whose points expired', () => {
  it('takes nothing twice: the example of the README', async () => {
    const { shopId, profileId } = await aProgramme();
    const order = await earnOrder(shopId, profileId, '2026-03-01');
    await give(shopId, profileId, -60, '2026-03-05');
    expect(await run(shopId, '2026-05-02')).toBe(40);
    await aRefund(shopId, order, '50');
    await apply(shopId, order, '2026-05-10');
    expect(await points(shopId, profileId)).toBe(-10);
    await apply(shopId, order, '2026-05-10');
    expect(await points(shopId, profileId)).toBe(-10);
  });

  it('leaves other points alone, also in two parts, and told by 20 at once', async () => {
    const { shopId, profileId } = await aProgramme();
    const order = await earnOrder(shopId, profileId, '2026-03-01');
    await earnOrder(shopId, profileId, '2026-04-20', '80');
    expect(await run(shopId, '2026-05-02')).toBe(100);
    for (const part of ['30', '70']) {
      await aRefund(shopId, order, part);
      await Promise.all(Array.from({ length: 20 }, () => apply(shopId, order, '2026-05-10')));
      expect(await points(shopId, profileId)).toBe(80);
    }
  });

  it('also after the person was merged into another', async () => {
    const { shopId, profileId } = await aProgramme();
    const survivor = await aProfile(shopId);
    const order = await earnOrder(shopId, profileId, '2026-03-01');
    await give(shopId, survivor, 25, '2026-04-25');
    expect(await run(shopId, '2026-05-02')).toBe(100);
    const merge = (): Promise<void> =>
      withShop(shopId, (tx) =>
        mergeLedger(tx, {
          shopId,
          merges: [{ fromProfileId: profileId, intoProfileId: survivor }],
          now: at('2026-05-05'),
        }),
      );
    await merge();
    await merge();
    await prisma().order.updateMany({ where: { shopId, id: order }, data: { profileId: survivor } });
    await aRefund(shopId, order, '100');
    await apply(shopId, order, '2026-05-10');
    expect([await points(shopId, profileId), await points(shopId, survivor)]).toEqual([0, 25]);
  });
});

describe('points of merged people', () => {
  it('keep their age', async () => {
    const { shopId, profileId } = await aProgramme();
    const survivor = await aProfile(shopId);
    await earnOrder(shopId, profileId, '2026-03-01');
    await withShop(shopId, (tx) =>
      mergeLedger(tx, {
        shopId,
        merges: [{ fromProfileId: profileId, intoProfileId: survivor }],
        now: at('2026-04-20'),
      }),
    );
    expect(await run(shopId, '2026-05-01')).toBe(100);
    expect(await points(shopId, survivor)).toBe(0);
  });
});

describe('the rule', () => {
  it('is versioned; a change that changes nothing makes none; each gives notice anew', async () => {
    const { shopId, profileId } = await aProgramme('age', 10);
    await give(shopId, profileId, 10, '2026-03-01');
    const update = (mode: ExpiryMode, days: number): Promise<{ version: number }> =>
      withShop(shopId, (tx) => updateExpiryRule(tx, { shopId, mode, days, now: at('2026-03-05') }));
    expect((await update('age', 10)).version).toBe(1);
    const versions = await Promise.all([update('age', 5), update('age', 5)]);
    expect(versions.map(({ version }) => version)).toEqual([2, 2]);
    expect(await run(shopId, '2026-04-03')).toBe(0);
    expect(await run(shopId, '2026-04-04')).toBe(10);
    expect((await update('never', 5)).version).toBe(3);
    expect(await withShop(shopId, (tx) => getExpiryRule(tx, { shopId, at: at('2026-02-01') }))).toMatchObject(
      {
        version: 1,
        days: 10,
      },
    );
  });

  it.each([0, -1, 1.5, 3_651, Number.NaN])('refuses %s days', async (days) => {
    const { shopId } = await aProgramme();
    await expect(
      withShop(shopId, (tx) => updateExpiryRule(tx, { shopId, mode: 'age', days, now: at('2026-03-05') })),
    ).rejects.toMatchObject({ code: 'invalid' });
  });
});
