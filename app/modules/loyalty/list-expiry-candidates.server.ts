import { Prisma, type Tx } from '~/platform/db/index.server';
import type { ExpiryMode } from './types';

export interface ListExpiryCandidatesInput {
  shopId: number;
  mode: Exclude<ExpiryMode, 'never'>;
  aliveFrom: number; // the oldest day, from 1970, whose points (or whose activity) keep points alive
  after: bigint; // account
  limit: number; // accounts to look at
}

/**
 * Who of the next so many people with points may have some that are due: everybody who has, and few who have not (`planExpiry`
 * decides). By age, whoever has more than what came since `aliveFrom`; by inactivity, whoever did nothing since.
 */
export async function listExpiryCandidates(
  tx: Tx,
  input: ListExpiryCandidatesInput,
): Promise<{ profileIds: bigint[]; next: bigint | null }> {
  const { shopId, after, limit } = input;
  const [row] = await tx.$queryRaw<{ looked: number; last: bigint | null; found: bigint[] | null }[]>`
    WITH alive AS (
      SELECT (DATE '1970-01-01' + ${input.aliveFrom}::int)::timestamp AT TIME ZONE time_zone AS since FROM shops WHERE id = ${shopId}),
    page AS MATERIALIZED (
      SELECT id, profile_id, balance FROM ledger_accounts
      WHERE shop_id = ${shopId} AND id > ${after} AND kind = 'points' AND balance > 0 ORDER BY id LIMIT ${limit})
    SELECT count(*)::int AS looked, max(id) AS last, array_agg(profile_id) FILTER (WHERE ${isCandidate(input)}) AS found
    FROM page`;
  return {
    profileIds: row?.found ?? [],
    next: row && row.looked === limit ? row.last : null,
  };
}

function isCandidate({ shopId, mode }: ListExpiryCandidatesInput): Prisma.Sql {
  const entries = (account: Prisma.Sql, column: Prisma.Sql): Prisma.Sql => Prisma.sql`
    SELECT ${column} FROM ledger_postings p
    JOIN ledger_transactions t ON t.shop_id = p.shop_id AND t.id = p.transaction_id
    WHERE p.shop_id = ${shopId} AND ${account} AND t.created_at >= (SELECT since FROM alive)`;
  if (mode === 'age') {
    // The oldest go first: what came since is all there while anything older is left. What refunds took counts against it, and
    // what a reward gave back may be old.
    const recent = Prisma.sql`coalesce(sum(p.points) FILTER (WHERE CASE WHEN p.points > 0 THEN t.kind NOT IN ('merge', 'expire', 'unreserve', 'return') ELSE t.order_id IS NOT NULL OR t.tier_id IS NOT NULL END), 0)`;
    return Prisma.sql`balance > (${entries(Prisma.sql`p.account_id = page.id`, recent)})`;
  }
  const own = Prisma.sql`p.account_id IN (
    SELECT a.id FROM ledger_accounts a WHERE a.shop_id = ${shopId} AND a.profile_id = page.profile_id)`;
  const activity = Prisma.sql`t.kind NOT IN ('expire', 'reverse') AND (p.points > 0 OR t.kind NOT IN ('adjust', 'merge'))`;
  return Prisma.sql`NOT EXISTS (${entries(own, Prisma.sql`1`)} AND ${activity})`;
}
