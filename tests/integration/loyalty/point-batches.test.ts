import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { mergeCustomers } from '~/modules/customers/index.server';
import {
  adjustPoints,
  advancePointBatches,
  createPointBatch,
  deletePointBatch,
  dropOldUploads,
  getBalance,
  getPointBatch,
  listFailedLines,
  listPointBatches,
  listShopsWithDueBatches,
  previewPointBatch,
  startPointBatch,
  undoPointBatch,
  updatePointValue,
} from '~/modules/loyalty/index.server';
import { readAdjustmentFile, type BatchSource } from '~/modules/loyalty/types';
import { clock } from '~/platform/clock.server';
import { acrossShops, prisma, withShop } from '~/platform/db/index.server';
import { pointBatchesAdvanced } from '~/processes/point-batches-advanced.server';
import { settlePeople } from '~/processes/settle-people.server';
import { aShop, ledgerTotals } from '../../factories/loyalty';
import { aMember } from '../../factories/rewards';
import { useTestDatabase } from '../../setup/database';

useTestDatabase();

const now = new Date('2026-05-01T10:00:00Z');
const later = (days: number) => new Date(now.getTime() + days * 86_400_000);
let keys = 0;

beforeEach(() => clock.moveTo(now.getTime() - Date.now()));

interface Member {
  id: bigint;
  customer: bigint;
}

/** People known to Shopify, with these balances. */
async function members(shopId: number, ...balances: number[]): Promise<Member[]> {
  const made: Member[] = [];
  for (const points of balances) {
    const id = await aMember(shopId, points);
    const { shopifyCustomerId } = await prisma().profile.findFirstOrThrow({ where: { shopId, id } });
    made.push({ id, customer: shopifyCustomerId! });
  }
  return made;
}

const file = (text: string): BatchSource => {
  const read = readAdjustmentFile(text);
  if ('problem' in read) throw new Error(read.problem);
  return { kind: 'file', name: 'points.csv', lines: read.lines };
};
const upload = async (
  shopId: number,
  source: BatchSource | string,
  key = `k${(keys += 1)}`,
): Promise<bigint> =>
  withShop(shopId, async (tx) => {
    const from = typeof source === 'string' ? file(source) : source;
    const input = { shopId, source: from, reason: 'Sorry', staff: 'staff:1', key, now };
    return (await createPointBatch(tx, input)).batchId;
  });
const by = (shopId: number, batchId: bigint) => ({ shopId, batchId, staff: 'staff:2', now });
const start = (shopId: number, id: bigint) => withShop(shopId, (tx) => startPointBatch(tx, by(shopId, id)));
const undo = (shopId: number, id: bigint) => withShop(shopId, (tx) => undoPointBatch(tx, by(shopId, id)));
const get = (shopId: number, batchId: bigint) =>
  withShop(shopId, (tx) => getPointBatch(tx, { shopId, batchId }));
const failed = (shopId: number, batchId: bigint) =>
  withShop(shopId, (tx) => listFailedLines(tx, { shopId, batchId, limit: 100 }));
const step = (shopId: number, limit = 500) =>
  withShop(shopId, (tx) => advancePointBatches(tx, { shopId, now, limit }));
const balances = (shopId: number, people: Member[]): Promise<number[]> =>
  Promise.all(
    people.map(
      async ({ id }) => (await withShop(shopId, (tx) => getBalance(tx, { shopId, profileId: id }))).points,
    ),
  );
const csv = (people: Member[], points: number[]) =>
  people.map(({ customer }, index) => `${customer},${points[index]}`).join('\n');

describe('a batch of points', () => {
  it('is a draft first, with a preview of what would happen and what could not', async () => {
    const { id: shopId } = await aShop();
    const [a, b, c] = await members(shopId, 0, 50, 10);
    await prisma().profileIdentity.create({
      data: { shopId, kind: 'email', value: 'anna@shop.example', profileId: a!.id, assertedAt: now },
    });
    await withShop(shopId, (tx) => updatePointValue(tx, { shopId, pointValue: '0.02', now }));
    const id = await upload(
      shopId,
      `customer,points\nAnna@shop.example,100\n${b!.customer},-30\n${c!.customer},-30\n${a!.customer},5\nnobody@shop.example,7\nwho,1\n999,0`,
    );
    expect(await withShop(shopId, (tx) => previewPointBatch(tx, { shopId, batchId: id }))).toEqual({
      people: 3,
      gains: 1,
      given: 100,
      losses: 2,
      taken: 40,
      short: 1,
      worth: '2',
      problems: [
        { problem: 'badCustomer', lines: 1 },
        { problem: 'duplicate', lines: 1 },
        { problem: 'unknown', lines: 1 },
        { problem: 'zero', lines: 1 },
      ],
    });
    expect(await get(shopId, id)).toMatchObject({ status: 'draft', lines: 7, failed: 4, people: 0 });
    await pointBatchesAdvanced(shopId);
    expect(await balances(shopId, [a!, b!, c!])).toEqual([0, 50, 10]);
    expect((await failed(shopId, id)).map(({ line, who, problem }) => [line, who, problem])).toEqual([
      [5, String(a!.customer), 'duplicate'],
      [6, 'nobody@shop.example', 'unknown'],
      [7, null, 'badCustomer'],
      [8, '999', 'zero'],
    ]);
  });

  it('keeps no address of people who are known', async () => {
    const { id: shopId } = await aShop();
    const [a] = await members(shopId, 0);
    await prisma().profileIdentity.create({
      data: { shopId, kind: 'email', value: 'kim@shop.example', profileId: a!.id, assertedAt: now },
    });
    await upload(shopId, 'kim@shop.example,5\nlee@shop.example,5');
    const rows = await prisma().pointBatchLine.findMany({ where: { shopId }, orderBy: { line: 'asc' } });
    expect(rows.map(({ who }) => who)).toEqual([null, 'lee@shop.example']);
  });

  it('posts once, with who, why, a line in the timeline and the figures of the customer', async () => {
    const { id: shopId } = await aShop();
    const people = await members(shopId, 0, 50, 10);
    const id = await upload(
      shopId,
      `${people[0]!.customer},100,Thank you\n${people[1]!.customer},-30\n${people[2]!.customer},-30`,
    );
    await start(shopId, id);
    await Promise.all([
      pointBatchesAdvanced(shopId),
      pointBatchesAdvanced(shopId),
      pointBatchesAdvanced(shopId),
    ]);
    await start(shopId, id);
    await pointBatchesAdvanced(shopId);
    expect(await balances(shopId, people)).toEqual([100, 20, 0]);
    expect(await get(shopId, id)).toMatchObject({
      status: 'posted',
      staff: 'staff:2',
      people: 3,
      given: 100,
      taken: 40,
      failed: 1,
      done: 3,
    });
    expect(await failed(shopId, id)).toMatchObject([{ line: 3, points: -30, posted: -10, problem: 'short' }]);
    const entries = await prisma().ledgerTransaction.findMany({
      where: { shopId, idempotencyKey: { startsWith: 'batch:' } },
      orderBy: { id: 'asc' },
    });
    expect(entries.map(({ kind, reason, staff }) => [kind, reason, staff])).toEqual([
      ['adjust', 'Thank you', 'staff:2'],
      ['adjust', 'Sorry', 'staff:2'],
      ['adjust', 'Sorry', 'staff:2'],
    ]);
    const events = await prisma().timelineEvent.findMany({ where: { shopId, kind: 'points_adjusted' } });
    expect(events.map(({ data }) => data).sort()).toEqual(
      [{ points: 100 }, { points: -30 }, { points: -10 }].sort(),
    );
    const traits = await prisma().profileTraits.findMany({
      where: { shopId },
      orderBy: { profileId: 'asc' },
    });
    expect(traits.map(({ pointsBalance }) => pointsBalance)).toEqual([100, 20, 0]);
    expect(await ledgerTotals()).toEqual({ drifted: 0, sum: 0n, unbalanced: 0 });
  });

  it('undone, gives and takes back exactly what was posted; what was spent stays, and is told', async () => {
    const { id: shopId } = await aShop();
    const people = await members(shopId, 0, 50, 10);
    const id = await upload(shopId, csv(people, [100, 100, -30]));
    await start(shopId, id);
    await pointBatchesAdvanced(shopId);
    const spend = { profileId: people[0]!.id, points: -60, reason: 'r', staff: 's', key: `s${id}`, now };
    await withShop(shopId, (tx) => adjustPoints(tx, { shopId, ...spend }));
    await undo(shopId, id);
    await Promise.all([pointBatchesAdvanced(shopId), pointBatchesAdvanced(shopId)]);
    await undo(shopId, id);
    await pointBatchesAdvanced(shopId);
    expect(await balances(shopId, people)).toEqual([0, 50, 10]);
    expect(await get(shopId, id)).toMatchObject({
      status: 'undone',
      undoneBy: 'staff:2',
      tookBack: 140,
      gaveBack: 10,
      kept: 60,
    });
    const undone = await prisma().ledgerTransaction.findMany({
      where: { shopId, idempotencyKey: { endsWith: ':undo' } },
      orderBy: { id: 'asc' },
    });
    const posted = await prisma().ledgerTransaction.findMany({
      where: { shopId, idempotencyKey: { in: [1, 2, 3].map((line) => `batch:${id}:${line}`) } },
      orderBy: { id: 'asc' },
    });
    expect(undone.map(({ reversesId }) => reversesId)).toEqual(posted.map((entry) => entry.id));
    expect(undone[0]).toMatchObject({ reason: 'Undone: Sorry', staff: 'staff:2' });
  });

  it('goes on where it was killed, between steps and within one', async () => {
    const { id: shopId } = await aShop();
    const people = await members(shopId, 0, 0, 0, 0, 0);
    const id = await upload(shopId, csv(people, [1, 2, 3, 4, 5]));
    await start(shopId, id);
    await step(shopId, 2);
    const killed = withShop(shopId, async (tx) => {
      await advancePointBatches(tx, { shopId, now, limit: 2 });
      throw new Error('killed');
    });
    await expect(killed).rejects.toThrow('killed');
    expect(await get(shopId, id)).toMatchObject({ status: 'posting', done: 2, given: 3 });
    expect(await acrossShops((db) => listShopsWithDueBatches(db, { now }))).toContain(shopId);
    await pointBatchesAdvanced(shopId);
    expect(await balances(shopId, people)).toEqual([1, 2, 3, 4, 5]);
    expect(await get(shopId, id)).toMatchObject({ status: 'posted', people: 5, given: 15 });
    expect(await acrossShops((db) => listShopsWithDueBatches(db, { now }))).not.toContain(shopId);
  });

  it('stops where it is when it is undone meanwhile', async () => {
    const { id: shopId } = await aShop();
    const people = await members(shopId, 0, 0, 0, 0);
    const id = await upload(shopId, csv(people, [1, 2, 3, 4]));
    await start(shopId, id);
    await step(shopId, 2);
    await undo(shopId, id);
    await pointBatchesAdvanced(shopId);
    expect(await balances(shopId, people)).toEqual([0, 0, 0, 0]);
    expect(await get(shopId, id)).toMatchObject({ status: 'undone', given: 3, tookBack: 3, people: 2 });
  });

  it('raced by its undoing, comes to nothing whoever is first', async () => {
    const { id: shopId } = await aShop();
    const people = await members(shopId, ...Array.from({ length: 12 }, () => 0));
    const id = await upload(
      shopId,
      csv(
        people,
        people.map(() => 10),
      ),
    );
    await start(shopId, id);
    const run = async () => {
      while ((await step(shopId, 1)).more);
    };
    await Promise.all([run(), step(shopId, 3).then(() => undo(shopId, id)), run()]);
    await pointBatchesAdvanced(shopId);
    expect(await balances(shopId, people)).toEqual(people.map(() => 0));
    const { status, given, tookBack } = await get(shopId, id);
    expect({ status, tookBack }).toEqual({ status: 'undone', tookBack: given });
  });

  it('submitted twice and at once is one batch', async () => {
    const { id: shopId } = await aShop();
    const [a] = await members(shopId, 0);
    const ids = await Promise.all([1, 2, 3].map(() => upload(shopId, `${a!.customer},5`, 'the-same')));
    expect(new Set([...ids, await upload(shopId, `${a!.customer},5`, 'the-same')]).size).toBe(1);
    expect(await prisma().pointBatchLine.count({ where: { shopId } })).toBe(1);
  });

  it('is the shop’s own, as are the people it can reach', async () => {
    const [own, other] = [await aShop(), await aShop()];
    const [theirs] = await members(other.id, 7);
    const id = await upload(own.id, `${theirs!.customer},5`);
    expect(await get(own.id, id)).toMatchObject({ lines: 1, failed: 1 });
    await start(own.id, id);
    await pointBatchesAdvanced(own.id);
    expect(await balances(other.id, [theirs!])).toEqual([7]);
    for (const act of [get, start, undo, failed])
      await expect(act(other.id, id)).rejects.toMatchObject({ code: 'not_found' });
    await withShop(other.id, (tx) => deletePointBatch(tx, { shopId: other.id, batchId: id }));
    expect(await withShop(other.id, (tx) => listPointBatches(tx, { shopId: other.id, limit: 10 }))).toEqual(
      [],
    );
    expect(await withShop(own.id, (tx) => listPointBatches(tx, { shopId: own.id, limit: 10 }))).toMatchObject(
      [{ id, status: 'posted' }],
    );
  });

  it.each([
    [{ reason: ' ' }],
    [{ reason: 'x'.repeat(501) }],
    [{ source: { kind: 'file', name: 'f', lines: [] } as const }],
    [{ source: { kind: 'tier', tierId: 1, points: 5 } as const }],
    [{ source: { kind: 'orders', since: '2026-01-01', points: 0 } as const }],
    [{ source: { kind: 'orders', since: '2026-01-01', points: 1.5 } as const }],
    [{ source: { kind: 'orders', since: '2026-02-31', points: 5 } as const }],
    [{ source: { kind: 'orders', since: '2026-01-01', points: 5 } as const }],
  ])('is refused when it says nothing that can be done: %#', async (bad) => {
    const { id: shopId } = await aShop();
    const source = { kind: 'file', name: 'f', lines: [] } as const;
    const input = { shopId, source, reason: 'r', staff: 's', key: 'k', now, ...bad };
    await expect(withShop(shopId, (tx) => createPointBatch(tx, input))).rejects.toMatchObject({
      code: 'invalid',
    });
    expect(await prisma().pointBatch.count({ where: { shopId } })).toBe(0);
  });
});

describe('whoever it is about', () => {
  const merge = (shopId: number, kept: Member, deleted: Member) =>
    withShop(shopId, async (tx) => {
      const fact = { keptId: kept.customer, deletedId: deleted.customer, occurredAt: now };
      await mergeCustomers(tx, { shopId, facts: [fact], now });
      await settlePeople(tx, { shopId, now });
    });

  it('is merged before it is posted: the points come to whom they are now', async () => {
    const { id: shopId } = await aShop();
    const [a, b] = await members(shopId, 0, 0);
    const id = await upload(shopId, csv([a!, b!], [100, 7]));
    await merge(shopId, b!, a!);
    await start(shopId, id);
    await pointBatchesAdvanced(shopId);
    const [survivor] = await prisma().profile.findMany({ where: { shopId, mergedIntoId: null } });
    expect(await balances(shopId, [{ id: survivor!.id, customer: 0n }])).toEqual([107]);
    expect(await get(shopId, id)).toMatchObject({ people: 2, given: 107, failed: 0 });
  });

  it('is merged between posting and undoing: taken from whom they are now', async () => {
    const { id: shopId } = await aShop();
    const [a, b] = await members(shopId, 5, 6);
    const id = await upload(shopId, csv([a!, b!], [100, 7]));
    await start(shopId, id);
    await pointBatchesAdvanced(shopId);
    await merge(shopId, b!, a!);
    await undo(shopId, id);
    await pointBatchesAdvanced(shopId);
    const [survivor] = await prisma().profile.findMany({ where: { shopId, mergedIntoId: null } });
    expect(await balances(shopId, [{ id: survivor!.id, customer: 0n }])).toEqual([11]);
    expect(await ledgerTotals()).toEqual({ drifted: 0, sum: 0n, unbalanced: 0 });
  });

  it('is erased before it is posted: nothing is posted, and the line says so', async () => {
    const { id: shopId } = await aShop();
    const [a, b] = await members(shopId, 0, 0);
    const id = await upload(shopId, csv([a!, b!], [100, 7]));
    await prisma().profile.update({ where: { shopId_id: { shopId, id: a!.id } }, data: { redactedAt: now } });
    await start(shopId, id);
    await pointBatchesAdvanced(shopId);
    expect(await balances(shopId, [a!, b!])).toEqual([0, 7]);
    expect(await failed(shopId, id)).toMatchObject([{ line: 1, posted: 0, problem: 'gone' }]);
  });
});

describe('what was uploaded', () => {
  it('is forgotten after 30 days: drafts, and addresses of people nobody knows', async () => {
    const { id: shopId } = await aShop();
    const [a] = await members(shopId, 0);
    const draft = await upload(shopId, `${a!.customer},5`);
    const posted = await upload(shopId, `${a!.customer},5\nnobody@shop.example,5,For Nobody`);
    await start(shopId, posted);
    await pointBatchesAdvanced(shopId);
    const drop = (days: number) => withShop(shopId, (tx) => dropOldUploads(tx, { shopId, now: later(days) }));
    const due = (days: number) => acrossShops((db) => listShopsWithDueBatches(db, { now: later(days) }));
    await drop(29);
    expect((await failed(shopId, posted))[0]).toMatchObject({ who: 'nobody@shop.example' });
    expect(await due(29)).not.toContain(shopId);
    expect(await due(30)).toContain(shopId);
    await drop(30);
    await drop(31);
    expect(await due(31)).not.toContain(shopId);
    await expect(get(shopId, draft)).rejects.toMatchObject({ code: 'not_found' });
    expect((await failed(shopId, posted))[0]).toMatchObject({ who: null, problem: 'unknown' });
    expect(await get(shopId, posted)).toMatchObject({ status: 'posted', given: 5 });
  });

  it('of a draft that is thrown away is gone, of one that was started it stays', async () => {
    const { id: shopId } = await aShop();
    const [a] = await members(shopId, 0);
    const [draft, started] = [
      await upload(shopId, `${a!.customer},5`),
      await upload(shopId, `${a!.customer},5`),
    ];
    await start(shopId, started);
    for (const batchId of [draft, draft, started])
      await withShop(shopId, (tx) => deletePointBatch(tx, { shopId, batchId }));
    const rows = await prisma().pointBatchLine.findMany({ where: { shopId } });
    expect(rows.map(({ batchId }) => batchId)).toEqual([started]);
  });
});

describe('other sources than a file', () => {
  it('everybody in a tier, and everybody who ordered since a day of the shop', async () => {
    const { id: shopId } = await aShop();
    await prisma().shop.update({ where: { id: shopId }, data: { timeZone: 'America/New_York' } });
    const [a, b, c] = await members(shopId, 0, 0, 0);
    const terms = { shopId, version: 1 };
    await prisma().tierProgramme.create({
      data: {
        ...terms,
        enabled: true,
        basis: 'orders',
        span: 'lifetime',
        graceDays: 0,
        effectiveFrom: later(-1),
      },
    });
    await prisma().tier.create({
      data: { ...terms, id: 1, name: 'Gold', threshold: 1, multiplier: 1, entryPoints: 0 },
    });
    for (const [person, at] of [
      [a!, '2026-04-10T04:30:00Z'], // the 10th in New York
      [b!, '2026-04-10T03:30:00Z'], // the 9th
    ] as const) {
      await prisma().profileTier.create({
        data: { ...terms, profileId: person.id, tierId: 1, inGrace: false, figure: 1 },
      });
      await prisma().profileTraits.upsert({
        where: { shopId_profileId: { shopId, profileId: person.id } },
        create: { shopId, profileId: person.id, ordersCount: 1, lastOrderAt: new Date(at) },
        update: { lastOrderAt: new Date(at) },
      });
    }
    const gold = await upload(shopId, { kind: 'tier', tierId: 1, points: 50 });
    expect(await get(shopId, gold)).toMatchObject({ source: 'tier', title: 'Gold', lines: 2, failed: 0 });
    const since = await upload(shopId, { kind: 'orders', since: '2026-04-10', points: 3 });
    expect(await get(shopId, since)).toMatchObject({ source: 'orders', title: '2026-04-10', lines: 1 });
    for (const id of [gold, since]) await start(shopId, id);
    await pointBatchesAdvanced(shopId);
    expect(await balances(shopId, [a!, b!, c!])).toEqual([53, 50, 0]);
    await undo(shopId, gold);
    await pointBatchesAdvanced(shopId);
    expect(await balances(shopId, [a!, b!, c!])).toEqual([3, 0, 0]);
  });
});

describe('any batches, interrupted, undone and run at once', () => {
  it('leave balances at or above 0, the books balanced, and the figures true', async () => {
    const command = fc.oneof(
      fc.record({ do: fc.constant('step' as const), limit: fc.integer({ min: 1, max: 3 }) }),
      fc.record({ do: fc.constant('undo' as const), which: fc.nat(1) }),
      fc.record({
        do: fc.constant('spend' as const),
        who: fc.nat(3),
        points: fc.integer({ min: 1, max: 80 }),
      }),
      fc.record({ do: fc.constant('die' as const) }),
    );
    const amounts = fc.array(
      fc.integer({ min: -60, max: 60 }).filter((points) => points !== 0),
      {
        minLength: 4,
        maxLength: 4,
      },
    );
    await fc.assert(
      fc.asyncProperty(
        amounts,
        amounts,
        fc.array(command, { maxLength: 12 }),
        async (first, second, commands) => {
          const { id: shopId } = await aShop();
          const people = await members(shopId, 0, 10, 20, 30);
          const ids = [await upload(shopId, csv(people, first)), await upload(shopId, csv(people, second))];
          for (const id of ids) await start(shopId, id);
          const run = async (one: (typeof commands)[number], index: number): Promise<unknown> => {
            if (one.do === 'step') return step(shopId, one.limit);
            if (one.do === 'undo') return undo(shopId, ids[one.which]!);
            if (one.do === 'die')
              return withShop(shopId, async (tx) => {
                await advancePointBatches(tx, { shopId, now, limit: 2 });
                throw new Error('killed');
              });
            const change = { profileId: people[one.who]!.id, points: -one.points, key: `c${index}` };
            return withShop(shopId, (tx) =>
              adjustPoints(tx, { shopId, ...change, reason: 'r', staff: 's', now }),
            );
          };
          await Promise.allSettled(commands.map(run));
          await pointBatchesAdvanced(shopId);
          for (const balance of await balances(shopId, people)) expect(balance).toBeGreaterThanOrEqual(0);
          for (const id of ids) {
            const batch = await get(shopId, id);
            const [sums] = await prisma().$queryRaw<{ net: bigint }[]>`
            SELECT coalesce(sum(p.points), 0)::bigint AS net FROM ledger_transactions t
            JOIN ledger_postings p ON p.shop_id = t.shop_id AND p.transaction_id = t.id
            JOIN ledger_accounts a ON a.shop_id = p.shop_id AND a.id = p.account_id AND a.kind = 'points'
            WHERE t.shop_id = ${shopId} AND t.idempotency_key LIKE ${`batch:${id}:%`}`;
            const { given, taken, tookBack, gaveBack, kept, status } = batch;
            expect(Number(sums!.net)).toBe(given - taken - tookBack + gaveBack);
            if (status === 'undone') expect([given, taken]).toEqual([tookBack + kept, gaveBack]);
            else expect(status).toBe('posted');
          }
          expect(await ledgerTotals()).toEqual({ drifted: 0, sum: 0n, unbalanced: 0 });
        },
      ),
      { numRuns: 15 },
    );
  }, 120_000);
});
