import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import {
  applyOrderPoints,
  auditBalances,
  ensureEarnRule,
  getBalance,
  getEarnRule,
  listLedger,
  listShopsWithDuePoints,
  mergeLedger,
  releasePending,
  updateEarnRule,
} from '~/modules/loyalty/index.server';
import type { EarnRuleChanges } from '~/modules/loyalty/types';
import { pool, prisma, withShop } from '~/platform/db/index.server';
import { aProfile, aRefund, aShop, anOrder, changeOrder, ledgerTotals } from '../../factories/loyalty';
import { permutations } from '../../factories/permutations';
import { useTestDatabase } from '../../setup/database';

useTestDatabase();

const install = new Date('2026-01-01T00:00:00Z');
const now = new Date('2026-05-03T10:00:00Z');
const day = 24 * 60 * 60 * 1_000;

async function aProgramme(changes: EarnRuleChanges = {}): Promise<{ shopId: number; profileId: bigint }> {
  const { id: shopId } = await aShop();
  await withShop(shopId, async (tx) => {
    await ensureEarnRule(tx, { shopId, now: install });
    await updateEarnRule(tx, { shopId, changes, now: new Date('2026-01-02T00:00:00Z') });
  });
  return { shopId, profileId: await aProfile(shopId) };
}

const apply = (shopId: number, orderIds: bigint[], at = now): Promise<{ profileIds: bigint[] }> =>
  withShop(shopId, (tx) => applyOrderPoints(tx, { shopId, orderIds, now: at }));
const balance = (shopId: number, profileId: bigint): Promise<{ points: number; pending: number }> =>
  withShop(shopId, (tx) => getBalance(tx, { shopId, profileId }));
const kinds = async (shopId: number): Promise<string[]> =>
  (await prisma().ledgerTransaction.findMany({ where: { shopId }, orderBy: { id: 'asc' } })).map(
    ({ kind }) => kind,
  );

afterEach(async () => {
  expect(await ledgerTotals()).toEqual({ drifted: 0, sum: 0n, unbalanced: 0 });
});

describe('an order', () => {
  it('earns when it is paid, once, however often it is told', async () => {
    const { shopId, profileId } = await aProgramme();
    const order = await anOrder(shopId, { profileId, paid: false });
    expect(await apply(shopId, [order])).toEqual({ profileIds: [] });
    await changeOrder(shopId, order, { paid: true });
    expect(await apply(shopId, [order, order])).toEqual({ profileIds: [profileId] });
    expect(await apply(shopId, [order])).toEqual({ profileIds: [] });
    expect(await balance(shopId, profileId)).toEqual({ points: 100, pending: 0 });
  });

  it('loses half its points with half its money, and the rest with the rest', async () => {
    const { shopId, profileId } = await aProgramme();
    const order = await anOrder(shopId, { profileId });
    await apply(shopId, [order]);
    await aRefund(shopId, order, '50');
    await apply(shopId, [order]);
    expect((await balance(shopId, profileId)).points).toBe(50);
    await aRefund(shopId, order, '50');
    await apply(shopId, [order]);
    expect((await balance(shopId, profileId)).points).toBe(0);
    expect(await kinds(shopId)).toEqual(['earn', 'reverse', 'reverse']);
  });

  it('loses all when it is cancelled, also what was already spent: the balance may go below 0', async () => {
    const { shopId, profileId } = await aProgramme();
    const order = await anOrder(shopId, { profileId });
    await apply(shopId, [order]);
    await withShop(shopId, async (tx) => {
      const { adjustPoints } = await import('~/modules/loyalty/index.server');
      await adjustPoints(tx, {
        shopId,
        profileId,
        points: -80,
        reason: 'spent in the shop',
        staff: 's',
        key: 'k',
        now,
      });
    });
    await changeOrder(shopId, order, { cancelled: true });
    await apply(shopId, [order]);
    expect((await balance(shopId, profileId)).points).toBe(-80);
  });

  it('of a test, of nobody or older than the app earns nothing', async () => {
    const { shopId, profileId } = await aProgramme();
    const orders = [
      await anOrder(shopId, { profileId, test: true }),
      await anOrder(shopId, { profileId: null }),
      await anOrder(shopId, { profileId, historic: true }),
    ];
    await apply(shopId, orders);
    expect(await kinds(shopId)).toEqual([]);
  });

  it('older than the app earns once the merchant chooses so', async () => {
    const { shopId, profileId } = await aProgramme();
    const order = await anOrder(shopId, {
      profileId,
      historic: true,
      processedAt: new Date('2025-06-01T00:00:00Z'),
    });
    await apply(shopId, [order]);
    await withShop(shopId, (tx) => updateEarnRule(tx, { shopId, changes: { earnOnHistoric: true }, now }));
    await apply(shopId, [order], new Date(now.getTime() + 1));
    expect((await balance(shopId, profileId)).points).toBe(100);
  });

  it('unknown or in another shop is left alone', async () => {
    const [one, two] = [await aProgramme(), await aProgramme()];
    const order = await anOrder(one.shopId, { profileId: one.profileId });
    expect(await apply(two.shopId, [order, 404n])).toEqual({ profileIds: [] });
    expect(await kinds(two.shopId)).toEqual([]);
  });

  it('20 runs at once post once', async () => {
    const { shopId, profileId } = await aProgramme();
    const order = await anOrder(shopId, { profileId });
    await Promise.all(Array.from({ length: 20 }, () => apply(shopId, [order])));
    expect(await kinds(shopId)).toEqual(['earn']);
    await aRefund(shopId, order, '30');
    await Promise.all(Array.from({ length: 20 }, () => apply(shopId, [order])));
    expect(await kinds(shopId)).toEqual(['earn', 'reverse']);
    expect((await balance(shopId, profileId)).points).toBe(70);
  });

  it('a run that saw an old state looks again instead of posting it', async () => {
    const { shopId, profileId } = await aProgramme();
    const order = await anOrder(shopId, { profileId });
    await apply(shopId, [order]);
    // Refunds of one order, each in a transaction of its own that applies the points before it commits.
    await Promise.all(
      ['10', '20', '30', '40'].map((goods, index) =>
        withShop(shopId, async (tx) => {
          const id = order * 10n + BigInt(index);
          await tx.refund.create({
            data: {
              shopId,
              id,
              orderId: order,
              processedAt: now,
              lines: goods,
              shipping: 0,
              adjustments: 0,
              tax: 0,
              total: goods,
            },
          });
          await applyOrderPoints(tx, { shopId, orderIds: [order], now });
        }),
      ),
    );
    await apply(shopId, [order]);
    expect((await balance(shopId, profileId)).points).toBe(0);
  });
});

describe('the rule', () => {
  it('that an order earned by is the one that takes back, whatever it says today', async () => {
    const { shopId, profileId } = await aProgramme();
    const order = await anOrder(shopId, { profileId });
    await apply(shopId, [order]);
    const later = new Date('2026-05-02T00:00:00Z');
    await withShop(shopId, (tx) =>
      updateEarnRule(tx, { shopId, changes: { pointsPerUnit: '2', enabled: false }, now: later }),
    );
    await aRefund(shopId, order, '50');
    await apply(shopId, [order]);
    expect((await balance(shopId, profileId)).points).toBe(50);
    expect((await withShop(shopId, (tx) => getEarnRule(tx, { shopId, at: now }))).enabled).toBe(false);
  });

  it('in force when an order was placed judges it, also when it is told late', async () => {
    const { shopId, profileId } = await aProgramme();
    await withShop(shopId, (tx) =>
      updateEarnRule(tx, { shopId, changes: { pointsPerUnit: '3' }, now: new Date('2026-05-01T12:00:00Z') }),
    );
    const before = await anOrder(shopId, { profileId, processedAt: new Date('2026-05-01T11:59:59Z') });
    const after = await anOrder(shopId, { profileId, processedAt: new Date('2026-05-01T12:00:00Z') });
    await apply(shopId, [before, after]);
    expect((await balance(shopId, profileId)).points).toBe(100 + 300);
  });

  it('changes make versions, no change makes none, nonsense is refused', async () => {
    const { shopId } = await aProgramme();
    const update = (changes: EarnRuleChanges) =>
      withShop(shopId, (tx) => updateEarnRule(tx, { shopId, changes, now }));
    expect((await update({ pointsPerUnit: '1.5' })).version).toBe(2);
    expect((await update({ pointsPerUnit: '1.50' })).version).toBe(2);
    expect(
      (await Promise.all([update({ pendingDays: 3 }), update({ includeTax: true })]))
        .map(({ version }) => version)
        .sort(),
    ).toEqual([3, 4]);
    for (const changes of [
      { pointsPerUnit: '-1' },
      { pointsPerUnit: 'many' },
      { pointsPerUnit: '1001' },
      { pendingDays: 1.5 },
      { pendingDays: -1 },
    ]) {
      await expect(update(changes)).rejects.toMatchObject({ code: 'invalid' });
    }
  });
});

describe('points on hold', () => {
  it('wait, are taken back while they wait, and become spendable when their time has come', async () => {
    const { shopId, profileId } = await aProgramme({ pendingDays: 14 });
    const order = await anOrder(shopId, { profileId });
    const due = new Date(new Date('2026-05-01T10:00:00Z').getTime() + 14 * day);
    await apply(shopId, [order]);
    expect(await balance(shopId, profileId)).toEqual({ points: 0, pending: 100 });
    await aRefund(shopId, order, '25');
    await apply(shopId, [order]);
    expect(await balance(shopId, profileId)).toEqual({ points: 0, pending: 75 });

    const release = (at: Date) => withShop(shopId, (tx) => releasePending(tx, { shopId, now: at }));
    const early = new Date(due.getTime() - 1);
    expect(await release(early)).toEqual({ profileIds: [], more: false });
    expect(await listShopsWithDuePoints(prisma(), { now: early })).not.toContain(shopId);
    expect(await listShopsWithDuePoints(prisma(), { now: due })).toContain(shopId);
    const runs = await Promise.all([release(due), release(due), release(due)]);
    expect(runs.flatMap(({ profileIds }) => profileIds)).toEqual([profileId]);
    expect(await balance(shopId, profileId)).toEqual({ points: 75, pending: 0 });
    expect(await listShopsWithDuePoints(prisma(), { now: due })).not.toContain(shopId);
    expect(await kinds(shopId)).toEqual(['earn', 'reverse', 'release']);

    await changeOrder(shopId, order, { cancelled: true });
    await apply(shopId, [order], due);
    expect(await balance(shopId, profileId)).toEqual({ points: 0, pending: 0 });
  });

  it('of a cancelled order are not held any more', async () => {
    const { shopId, profileId } = await aProgramme({ pendingDays: 14 });
    const order = await anOrder(shopId, { profileId });
    await apply(shopId, [order]);
    await changeOrder(shopId, order, { cancelled: true });
    await apply(shopId, [order]);
    expect(await prisma().pointHold.count({ where: { shopId } })).toBe(0);
    expect(await balance(shopId, profileId)).toEqual({ points: 0, pending: 0 });
  });

  it('that were due before anybody looked are spendable at once', async () => {
    const { shopId, profileId } = await aProgramme({ pendingDays: 1 });
    await apply(shopId, [await anOrder(shopId, { profileId })]);
    expect(await balance(shopId, profileId)).toEqual({ points: 100, pending: 0 });
  });

  it('are released batch by batch', async () => {
    const { shopId, profileId } = await aProgramme({ pendingDays: 30 });
    const orders = await Promise.all(Array.from({ length: 5 }, () => anOrder(shopId, { profileId })));
    await apply(shopId, orders);
    const late = new Date(now.getTime() + 60 * day);
    const release = () => withShop(shopId, (tx) => releasePending(tx, { shopId, now: late, limit: 2 }));
    expect([(await release()).more, (await release()).more, (await release()).more]).toEqual([
      true,
      true,
      false,
    ]);
    expect(await balance(shopId, profileId)).toEqual({ points: 500, pending: 0 });
  });
});

describe('an order that changes hands', () => {
  it('takes its points along', async () => {
    const { shopId, profileId } = await aProgramme();
    const other = await aProfile(shopId);
    const order = await anOrder(shopId, { profileId });
    await apply(shopId, [order]);
    await changeOrder(shopId, order, { profileId: other });
    expect(new Set((await apply(shopId, [order])).profileIds)).toEqual(new Set([profileId, other]));
    expect((await balance(shopId, profileId)).points).toBe(0);
    expect((await balance(shopId, other)).points).toBe(100);
  });

  it('by a merge, too, in whichever order the two are told; a later refund finds them', async () => {
    for (const mergeFirst of [true, false]) {
      const { shopId, profileId } = await aProgramme({ pendingDays: 5 });
      const survivor = await aProfile(shopId);
      const order = await anOrder(shopId, { profileId });
      await apply(shopId, [order]);
      const merge = () =>
        withShop(shopId, (tx) =>
          mergeLedger(tx, { shopId, merges: [{ fromProfileId: profileId, intoProfileId: survivor }], now }),
        );
      if (mergeFirst) await merge();
      await changeOrder(shopId, order, { profileId: survivor });
      await apply(shopId, [order]);
      if (!mergeFirst) await merge();
      await aRefund(shopId, order, '50');
      await apply(shopId, [order]);
      expect(await balance(shopId, profileId)).toEqual({ points: 0, pending: 0 });
      expect(await balance(shopId, survivor)).toEqual({ points: 0, pending: 50 });
    }
  });

  it('or loses its person keeps its points where they are, and keeps them right', async () => {
    const { shopId, profileId } = await aProgramme();
    const order = await anOrder(shopId, { profileId });
    await apply(shopId, [order]);
    await changeOrder(shopId, order, { profileId: null });
    await apply(shopId, [order]);
    expect((await balance(shopId, profileId)).points).toBe(100);
    await aRefund(shopId, order, '100');
    await apply(shopId, [order]);
    expect((await balance(shopId, profileId)).points).toBe(0);
  });
});

describe('events in any order', () => {
  it('all 24 orders of paid, refund, refund, cancelled end the same; without the last, too', async () => {
    const { shopId, profileId } = await aProgramme();
    const events: ((order: bigint) => Promise<unknown>)[] = [
      (order) => changeOrder(shopId, order, { paid: true }),
      (order) => aRefund(shopId, order, '20'),
      (order) => aRefund(shopId, order, '30.50'),
      (order) => changeOrder(shopId, order, { cancelled: true }),
    ];
    for (const [count, expected] of [
      [4, 0],
      [3, 49],
    ] as const) {
      const ends = new Set<number>();
      for (const permutation of permutations(events.slice(0, count))) {
        const before = (await balance(shopId, profileId)).points;
        const order = await anOrder(shopId, { profileId, paid: false });
        for (const event of permutation) {
          await event(order);
          await apply(shopId, [order]);
        }
        ends.add((await balance(shopId, profileId)).points - before);
      }
      expect([...ends]).toEqual([expected]);
    }
  }, 60_000);

  it('random shops: repeated and concurrent runs end where the facts say; refunding everything returns to the start', async () => {
    const cents = fc.integer({ min: 0, max: 20_000 });
    const story = fc.record({
      rate: fc.constantFrom('1', '0.5', '2.25', '10'),
      rounding: fc.constantFrom('down' as const, 'nearest' as const, 'up' as const),
      orders: fc.array(
        fc.record({
          goods: cents,
          refunds: fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 3 }),
          cancelled: fc.boolean(),
        }),
        { minLength: 1, maxLength: 6 },
      ),
    });
    await fc.assert(
      fc.asyncProperty(story, async ({ rate, rounding, orders }) => {
        const { shopId, profileId } = await aProgramme({ pointsPerUnit: rate, rounding });
        const ids = await Promise.all(
          orders.map(({ goods }) => anOrder(shopId, { profileId, goods: (goods / 100).toFixed(2) })),
        );
        await apply(shopId, ids);
        for (const [index, { goods, refunds, cancelled }] of orders.entries()) {
          let left = goods;
          for (const share of refunds) {
            const back = Math.floor((left * share) / 100);
            left -= back;
            await aRefund(shopId, ids[index]!, (back / 100).toFixed(2));
          }
          if (cancelled) await changeOrder(shopId, ids[index]!, { cancelled });
          await Promise.all([
            apply(shopId, ids),
            apply(shopId, ids.toReversed()),
            apply(shopId, [ids[index]!]),
          ]);
          orders[index] = { goods: left, refunds, cancelled };
        }
        const held = (await balance(shopId, profileId)).points;
        expect(held).toBeGreaterThanOrEqual(0);
        for (const [index, { goods }] of orders.entries())
          await aRefund(shopId, ids[index]!, (goods / 100).toFixed(2));
        await apply(shopId, ids);
        expect((await balance(shopId, profileId)).points).toBe(0);
        expect(await ledgerTotals()).toEqual({ drifted: 0, sum: 0n, unbalanced: 0 });
      }),
      { numRuns: 10 },
    );
  }, 60_000);
});

describe('the ledger on screen', () => {
  it('lists entries newest first, page by page, with words for any language', async () => {
    const { shopId, profileId } = await aProgramme();
    const order = await anOrder(shopId, { profileId });
    await apply(shopId, [order]);
    await aRefund(shopId, order, '40');
    await apply(shopId, [order]);
    const list = (cursor: string | null, limit: number) =>
      withShop(shopId, (tx) => listLedger(tx, { shopId, profileId, cursor, limit }));
    const first = await list(null, 1);
    const second = await list(first.nextCursor, 1);
    expect(first.entries[0]).toMatchObject({
      kind: 'reverse',
      points: -40,
      pending: 0,
      orderId: String(order),
      ruleVersion: 1,
    });
    expect(second.entries[0]).toMatchObject({
      kind: 'earn',
      points: 100,
      description: {
        key: 'loyalty.ledger.earn',
        params: { order: `#${order % 10_000n}`, reason: null, staff: null },
      },
    });
    expect(second.nextCursor).toBeNull();
    expect((await list(null, 50)).entries).toHaveLength(2);
    await expect(list('x', 10)).rejects.toThrow();
    await expect(list(null, 0)).rejects.toThrow();
  });
});

describe('the nightly comparison', () => {
  it('finds nothing in order, and a balance that somebody touched', async () => {
    const { shopId, profileId } = await aProgramme();
    await apply(shopId, [await anOrder(shopId, { profileId })]);
    await auditBalances();
    const found = () => prisma().ledgerAudit.findUnique({ where: { shopId } });
    expect(await found()).toMatchObject({ accounts: 2, drifted: 0, unbalanced: 0n });
    const touch = (by: number) =>
      pool().query(
        'UPDATE ledger_accounts SET balance = balance + $1 WHERE shop_id = $2 AND profile_id = $3',
        [by, shopId, profileId],
      );
    await touch(1);
    await auditBalances();
    expect(await found()).toMatchObject({ drifted: 1, unbalanced: 0n });
    await touch(-1);
  });
});
