import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { adjustPoints, getBalance, mergeLedger, postTransactions } from '~/modules/loyalty/index.server';
import type { TransactionInput } from '~/modules/loyalty/types';
import { pool, prisma, withShop, type Tx } from '~/platform/db/index.server';
import type { AppError } from '~/platform/errors';
import { aProfile, aShop, ledgerTotals } from '../../factories/loyalty';
import { useTestDatabase } from '../../setup/database';

useTestDatabase();

const now = new Date('2026-05-01T10:00:00Z');

function earning(profileId: bigint, key: string, points = 10): TransactionInput {
  return { kind: 'earn', key, occurredAt: now, postings: [{ profileId, account: 'points', points }] };
}

const post = (shopId: number, ...transactions: TransactionInput[]): Promise<{ posted: Set<string> }> =>
  withShop(shopId, (tx) => postTransactions(tx, { shopId, transactions, now }));
const balance = (shopId: number, profileId: bigint): Promise<{ points: number; pending: number }> =>
  withShop(shopId, (tx) => getBalance(tx, { shopId, profileId }));

/** Rows of `ledger_accounts` that this connection has read. */
async function rowsRead(tx: Tx): Promise<number> {
  const [row] = await tx.$queryRaw<{ rows: bigint }[]>`
    SELECT seq_tup_read + idx_tup_fetch AS rows FROM pg_stat_xact_user_tables WHERE relname = 'ledger_accounts'`;
  return Number(row?.rows);
}

/** What the merchant is told when something is refused. */
async function refusal(attempt: Promise<unknown>): Promise<string> {
  const error: unknown = await attempt.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toMatchObject({ code: 'invalid' });
  return (error as AppError).userMessage;
}

/** After every test: the books balance, whatever was done. */
afterEach(async () => {
  expect(await ledgerTotals()).toEqual({ drifted: 0, sum: 0n, unbalanced: 0 });
});

describe('posting', () => {
  it('moves the balance, and the shop’s account the other way', async () => {
    const shop = await aShop();
    const profileId = await aProfile(shop.id);
    expect(await balance(shop.id, profileId)).toEqual({ points: 0, pending: 0 });
    await post(shop.id, earning(profileId, 'a', 10), earning(profileId, 'b', 5));
    expect(await balance(shop.id, profileId)).toEqual({ points: 15, pending: 0 });
  });

  it('reads the accounts of its people, not all of the shop, also in a database that knows little of its tables', async () => {
    const shop = await aShop();
    const profileId = await aProfile(shop.id);
    await post(shop.id, earning(profileId, 'first')); // its accounts are there
    await prisma().$executeRaw`
      INSERT INTO ledger_accounts (shop_id, kind, profile_id, balance)
      SELECT ${shop.id}::int, 'points', 1000000 + n, 0 FROM generate_series(1, 2000) AS n`;
    const read = await withShop(shop.id, async (tx) => {
      await tx.$executeRaw`SET LOCAL plan_cache_mode = force_generic_plan`; // what a statement comes to that is run often
      const before = await rowsRead(tx);
      await postTransactions(tx, { shopId: shop.id, transactions: [earning(profileId, 'second')], now });
      return (await rowsRead(tx)) - before;
    });
    expect(read).toBeLessThan(20);
  });

  it('the same key with the same input changes nothing, in one batch or in two', async () => {
    const shop = await aShop();
    const profileId = await aProfile(shop.id);
    expect((await post(shop.id, earning(profileId, 'a'), earning(profileId, 'a'))).posted).toEqual(
      new Set(['a']),
    );
    expect((await post(shop.id, earning(profileId, 'a'), earning(profileId, 'b'))).posted).toEqual(
      new Set(['b']),
    );
    expect(await balance(shop.id, profileId)).toEqual({ points: 20, pending: 0 });
  });

  it('the same key with other input is refused, and nothing of the batch is posted', async () => {
    const shop = await aShop();
    const profileId = await aProfile(shop.id);
    await post(shop.id, earning(profileId, 'a', 10));
    await expect(
      post(shop.id, earning(profileId, 'c', 1), earning(profileId, 'a', 11)),
    ).rejects.toMatchObject({ code: 'conflict' });
    await expect(post(shop.id, earning(profileId, 'd', 1), earning(profileId, 'd', 2))).rejects.toMatchObject(
      { code: 'conflict' },
    );
    expect(await balance(shop.id, profileId)).toEqual({ points: 10, pending: 0 });
  });

  it('refuses points that are not whole, and transactions that post nothing', async () => {
    const shop = await aShop();
    const profileId = await aProfile(shop.id);
    await expect(post(shop.id, earning(profileId, 'a', 1.5))).rejects.toMatchObject({ code: 'invalid' });
    await expect(post(shop.id, earning(profileId, 'a', 0))).rejects.toMatchObject({ code: 'invalid' });
  });

  it('20 at once with one key have one effect', async () => {
    const shop = await aShop();
    const profileId = await aProfile(shop.id);
    const results = await Promise.all(
      Array.from({ length: 20 }, () => post(shop.id, earning(profileId, 'once'))),
    );
    expect(results.filter(({ posted }) => posted.size === 1)).toHaveLength(1);
    expect(await balance(shop.id, profileId)).toEqual({ points: 10, pending: 0 });
  });

  it('batches that share people in opposite orders wait for each other', async () => {
    const shop = await aShop();
    const people = await Promise.all(Array.from({ length: 8 }, () => aProfile(shop.id)));
    await Promise.all(
      Array.from({ length: 24 }, (_, run) => {
        const order = run % 2 ? people : people.toReversed();
        return post(shop.id, ...order.map((profileId) => earning(profileId, `run:${run}:${profileId}`, 1)));
      }),
    );
    for (const profileId of people) expect((await balance(shop.id, profileId)).points).toBe(24);
  });

  it('keeps two shops apart: the same key, the same profile number', async () => {
    const [one, two] = [await aShop(), await aShop()];
    const [mine, theirs] = [await aProfile(one.id), await aProfile(two.id)];
    await post(one.id, earning(mine, 'same', 1));
    await post(two.id, earning(theirs, 'same', 2));
    expect(await balance(one.id, mine)).toEqual({ points: 1, pending: 0 });
    expect(await balance(two.id, theirs)).toEqual({ points: 2, pending: 0 });
    expect(await balance(one.id, theirs)).toEqual({ points: 0, pending: 0 });
  });

  it('what was posted can be neither changed nor deleted', async () => {
    const shop = await aShop();
    const profileId = await aProfile(shop.id);
    await post(shop.id, earning(profileId, 'fixed'));
    for (const sql of [
      'UPDATE ledger_postings SET points = points * 2',
      'DELETE FROM ledger_postings',
      `UPDATE ledger_transactions SET kind = 'adjust'`,
      'UPDATE ledger_transactions SET reason = NULL',
      'DELETE FROM ledger_transactions',
    ]) {
      await expect(pool().query(sql)).rejects.toThrow(/append-only/);
    }
  });

  it('postings that do not sum to 0 are refused by the database itself', async () => {
    const shop = await aShop();
    const profileId = await aProfile(shop.id);
    await post(shop.id, earning(profileId, 'first'));
    const sql = `
      WITH t AS (INSERT INTO ledger_transactions (shop_id, kind, idempotency_key, input_hash, occurred_at, created_at)
        VALUES ($1, 'earn', 'forged', '', '2026-01-01', '2026-01-01') RETURNING shop_id, id)
      INSERT INTO ledger_postings SELECT t.shop_id, t.id, a.id, 1 FROM t JOIN ledger_accounts a USING (shop_id) WHERE a.kind = 'points'`;
    await expect(pool().query(sql, [shop.id])).rejects.toThrow(/sum to zero/);
  });
});

describe('adjusting by hand', () => {
  const adjust = (
    shopId: number,
    profileId: bigint,
    points: number,
    key = 'form-1',
  ): Promise<{ points: number }> =>
    withShop(shopId, (tx) =>
      adjustPoints(tx, { shopId, profileId, points, reason: 'goodwill', staff: 'staff:7', key, now }),
    );

  it('adds and takes, and writes down who and why', async () => {
    const shop = await aShop();
    const profileId = await aProfile(shop.id);
    expect(await adjust(shop.id, profileId, 40, 'k1')).toEqual({ points: 40, pending: 0 });
    expect(await adjust(shop.id, profileId, -15, 'k2')).toEqual({ points: 25, pending: 0 });
    const entries = await prisma().ledgerTransaction.findMany({
      where: { shopId: shop.id },
      orderBy: { id: 'asc' },
    });
    expect(entries.map(({ kind, reason, staff }) => ({ kind, reason, staff }))).toEqual(
      Array(2).fill({ kind: 'adjust', reason: 'goodwill', staff: 'staff:7' }),
    );
  });

  it('does not take more than there is, and says how much there is', async () => {
    const shop = await aShop();
    const profileId = await aProfile(shop.id);
    await adjust(shop.id, profileId, 40, 'k1');
    expect(await refusal(adjust(shop.id, profileId, -41, 'k2'))).toContain('40 points');
    expect(await adjust(shop.id, profileId, -40, 'k3')).toEqual({ points: 0, pending: 0 });
    // Submitted again: the points are gone, but it is the same request, which was granted.
    expect(await adjust(shop.id, profileId, -40, 'k3')).toEqual({ points: 0, pending: 0 });
  });

  it('200 at once that each take all 100 points: one succeeds', async () => {
    const shop = await aShop();
    const profileId = await aProfile(shop.id);
    await adjust(shop.id, profileId, 100, 'start');
    const results = await Promise.allSettled(
      Array.from({ length: 200 }, (_, index) => adjust(shop.id, profileId, -100, `take-${index}`)),
    );
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    expect((await balance(shop.id, profileId)).points).toBe(0);
  });

  it.each([0, 1.5, Number.NaN, 2_000_000])('refuses %s points', async (points) => {
    const shop = await aShop();
    const profileId = await aProfile(shop.id);
    await expect(adjust(shop.id, profileId, points)).rejects.toMatchObject({ code: 'invalid' });
  });

  it('refuses an empty reason', async () => {
    const shop = await aShop();
    const profileId = await aProfile(shop.id);
    const attempt = withShop(shop.id, (tx) =>
      adjustPoints(tx, { shopId: shop.id, profileId, points: 1, reason: ' ', staff: 's', key: 'k', now }),
    );
    expect(await refusal(attempt)).toContain('reason');
  });
});

describe('merging people', () => {
  it('moves everything, once, also along a chain', async () => {
    const shop = await aShop();
    const [a, b, c] = await Promise.all([aProfile(shop.id), aProfile(shop.id), aProfile(shop.id)]);
    await post(shop.id, earning(a, 'a', 10), earning(b, 'b', 5), { ...earning(a, 'o', 7), orderId: 77n });
    const merges = [
      { fromProfileId: a, intoProfileId: b },
      { fromProfileId: b, intoProfileId: c },
    ];
    for (let run = 0; run < 2; run += 1)
      await withShop(shop.id, (tx) => mergeLedger(tx, { shopId: shop.id, merges, now }));
    expect(await Promise.all([a, b, c].map(async (id) => (await balance(shop.id, id)).points))).toEqual([
      0, 0, 22,
    ]);
  });

  it('moves what arrived for the old profile later, too; concurrently, once', async () => {
    const shop = await aShop();
    const [a, b] = await Promise.all([aProfile(shop.id), aProfile(shop.id)]);
    const merge = (): Promise<void> =>
      withShop(shop.id, (tx) =>
        mergeLedger(tx, { shopId: shop.id, merges: [{ fromProfileId: a, intoProfileId: b }], now }),
      );
    await post(shop.id, earning(a, 'first', 10));
    await Promise.all([merge(), merge(), merge()]);
    await post(shop.id, earning(a, 'late', 10));
    await merge();
    expect((await balance(shop.id, a)).points).toBe(0);
    expect((await balance(shop.id, b)).points).toBe(20);
  });
});

describe('any sequence of postings, adjustments and merges, repeated and at once', () => {
  it('keeps the books balanced and the total right', async () => {
    const command = fc.oneof(
      fc.record({
        do: fc.constant('earn' as const),
        who: fc.nat(3),
        points: fc.integer({ min: 1, max: 500 }),
        key: fc.nat(20),
      }),
      fc.record({
        do: fc.constant('adjust' as const),
        who: fc.nat(3),
        points: fc.integer({ min: -300, max: 300 }),
        key: fc.nat(20),
      }),
      fc.record({ do: fc.constant('merge' as const), who: fc.nat(3), into: fc.nat(3) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(command, { minLength: 5, maxLength: 15 }), async (commands) => {
        const shop = await aShop();
        const people = await Promise.all(Array.from({ length: 4 }, () => aProfile(shop.id)));
        const run = async (one: (typeof commands)[number]): Promise<unknown> => {
          const profileId = people[one.who]!;
          return withShop<unknown>(shop.id, (tx) => {
            if (one.do === 'earn')
              return postTransactions(tx, {
                shopId: shop.id,
                now,
                transactions: [earning(profileId, `e${one.key}`, one.points)],
              });
            if (one.do === 'adjust')
              return adjustPoints(tx, {
                shopId: shop.id,
                profileId,
                points: one.points,
                reason: 'r',
                staff: 's',
                key: `${one.key}`,
                now,
              });
            return mergeLedger(tx, {
              shopId: shop.id,
              merges: [{ fromProfileId: profileId, intoProfileId: people[one.into]! }],
              now,
            });
          });
        };
        await Promise.allSettled([...commands, ...commands].map(run));
        const [row] = await prisma().$queryRaw<{ held: bigint; issued: bigint; negative: bigint }[]>`
          SELECT coalesce(sum(a.balance), 0)::bigint AS held, count(*) FILTER (WHERE a.balance < 0) AS negative,
            (SELECT coalesce(-sum(p.points), 0)::bigint FROM ledger_postings p JOIN ledger_accounts i ON i.shop_id = p.shop_id AND i.id = p.account_id
             WHERE i.shop_id = ${shop.id} AND i.kind = 'issued') AS issued
          FROM ledger_accounts a WHERE a.shop_id = ${shop.id}`;
        expect(row!.held).toBe(row!.issued);
        expect(row!.negative).toBe(0n);
        expect(await ledgerTotals()).toEqual({ drifted: 0, sum: 0n, unbalanced: 0 });
      }),
      { numRuns: 10 },
    );
  }, 60_000);
});
