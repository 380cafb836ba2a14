import { randomBytes } from 'node:crypto';
import type { Bench } from './figure';

const members = Number(process.env.BENCH_MEMBERS ?? 100_000);
const entriesEach = 5;
const dueShare = 10; // one in so many has points that are due

/**
 * The daily run of a shop with many members, each with five entries over two years: who has nothing due is looked at, a
 * tenth loses points. Then the books of the same ledger, read whole and from closed days. Throws when they do not close.
 */
export const benchExpiry: Bench = async () => {
  const { prisma, withShop } = await import('~/platform/db/index.server');
  const { closeLedgerDays, expirePoints, getAccounting, updateExpiryRule } =
    await import('~/modules/loyalty/index.server');
  const now = new Date('2026-06-01T12:00:00Z');
  const shopId = await arrange(now);
  await withShop(shopId, (tx) =>
    updateExpiryRule(tx, { shopId, mode: 'age', days: 365, now: new Date('2024-01-01T00:00:00Z') }),
  );
  const timeoutMs = 120_000;
  const time = async (work: () => Promise<unknown>): Promise<number> => {
    const start = performance.now();
    await work();
    return performance.now() - start;
  };
  const run = async (): Promise<number> => {
    let expired = 0;
    for (let after: bigint | null = 0n; after !== null;) {
      const from: bigint = after;
      const batch = await withShop(shopId, (tx) => expirePoints(tx, { shopId, now, after: from }));
      expired += batch.expired.length;
      after = batch.next;
    }
    return expired;
  };
  const books = () =>
    withShop(shopId, (tx) => getAccounting(tx, { shopId, unit: 'month', periods: 13, now }), { timeoutMs });

  const openMs = await time(books);
  let expired = 0;
  const runMs = await time(async () => {
    expired = await run();
  });
  const idleMs = await time(run);
  const closeMs = await time(() =>
    withShop(shopId, (tx) => closeLedgerDays(tx, { shopId, now }), { timeoutMs }),
  );
  const closedMs = await time(books);
  const { outstanding } = await books();
  const held = await prisma().ledgerAccount.aggregate({ where: { shopId }, _sum: { balance: true } });
  if (BigInt(outstanding) !== held._sum.balance) throw new Error('the books do not close');
  const note = `${members * entriesEach} entries`;
  return [
    {
      name: 'daily expiry, a tenth of the members due',
      value: (members / runMs) * 1_000,
      unit: 'members/s',
      note: `${members} members, ${expired} with points that expired`,
    },
    { name: 'daily expiry, nobody due', value: (members / idleMs) * 1_000, unit: 'members/s' },
    { name: 'books of 13 months, whole ledger', value: openMs, unit: 'ms', note },
    { name: 'books of 13 months, days closed', value: closedMs, unit: 'ms', budget: { atMost: 400 }, note },
    { name: 'closing all days at once', value: closeMs, unit: 'ms', note },
  ];
};

/** A shop whose members earned in five months; every tenth began two years ago, the others within the last. */
async function arrange(now: Date): Promise<number> {
  const { prisma } = await import('~/platform/db/index.server');
  const { id } = await prisma().shop.create({
    data: {
      domain: `bench-${randomBytes(6).toString('hex')}.myshopify.com`,
      installedAt: now,
      updatedAt: now,
    },
  });
  await prisma().$transaction(
    async (tx) => {
      // Rows that are right by construction: checking each of them takes longer than what is measured.
      await tx.$executeRaw`SET LOCAL session_replication_role = replica`;
      await tx.$executeRaw`
    INSERT INTO ledger_accounts (shop_id, kind, profile_id, balance)
    SELECT ${id}::int, 'points', n, ${entriesEach * 10}::bigint FROM generate_series(1, ${members}::int) n
    UNION ALL SELECT ${id}::int, 'issued', NULL, NULL`;
      await tx.$executeRaw`
    WITH t AS (
      INSERT INTO ledger_transactions (shop_id, kind, idempotency_key, input_hash, occurred_at, created_at)
      SELECT ${id}::int, 'earn', m || ':' || e, '', at, at FROM generate_series(1, ${members}::int) m, generate_series(1, ${entriesEach}::int) e,
        LATERAL (SELECT ${now}::timestamptz - make_interval(days => CASE WHEN m % ${dueShare}::int = 0 THEN 700 ELSE 350 END - 60 * e - m % 30) AS at) x
      RETURNING id, split_part(idempotency_key, ':', 1)::bigint AS member)
    INSERT INTO ledger_postings (shop_id, transaction_id, account_id, points)
    SELECT ${id}::int, t.id, a.id, 10 FROM t JOIN ledger_accounts a ON a.shop_id = ${id} AND a.profile_id = t.member
    UNION ALL
    SELECT ${id}::int, t.id, (SELECT id FROM ledger_accounts WHERE shop_id = ${id} AND kind = 'issued'), -10 FROM t`;
    },
    { timeout: 600_000 },
  );
  await prisma().$executeRawUnsafe('ANALYZE ledger_accounts, ledger_transactions, ledger_postings');
  return id;
}
