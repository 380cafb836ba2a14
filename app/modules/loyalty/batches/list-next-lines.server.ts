import { Prisma, type Tx } from '~/platform/db/index.server';

/** A batch under way, under its lock. */
export interface BatchStep {
  id: bigint;
  undoing: boolean;
  reason: string;
  staff: string;
  undoneBy: string | null;
  postedTo: number;
  undoneTo: number;
}

export interface NextLine {
  line: number;
  profileId: bigint | null; // who they are now; null when nothing is to be posted
  erased: boolean;
  points: number; // to post: as the line says, or the reverse of what was posted; 0 for none
  reason: string | null;
  postedById: bigint | null; // the entry that is undone
}

interface Row {
  line: number;
  profile_id: bigint | null;
  erased: boolean;
  points: number;
  reason: string | null;
  posted_by_id: bigint | null;
}

/**
 * The next lines of a batch, whatever is to be done with them, with the people as they are now. While undoing, erased people
 * count too: what they were given is still in the books.
 */
export async function listNextLines(
  tx: Tx,
  { shopId, step, limit }: { shopId: number; step: BatchStep; limit: number },
): Promise<NextLine[]> {
  const { id, undoing, postedTo, undoneTo } = step;
  const within = undoing
    ? Prisma.sql`line > ${undoneTo} AND line <= ${postedTo}`
    : Prisma.sql`line > ${postedTo}`;
  const wanted = undoing ? Prisma.sql`-posted` : Prisma.sql`CASE WHEN problem IS NULL THEN points ELSE 0 END`;
  const rows = await tx.$queryRaw<Row[]>`
    WITH RECURSIVE next AS (
      SELECT line, profile_id, coalesce(${wanted}, 0) AS points, reason FROM point_batch_lines
      WHERE shop_id = ${shopId} AND batch_id = ${id} AND ${within} ORDER BY line LIMIT ${limit}),
    chain AS (
      SELECT line, profile_id FROM next WHERE points <> 0
      UNION ALL
      SELECT chain.line, p.merged_into_id FROM chain
      JOIN profiles p ON p.shop_id = ${shopId} AND p.id = chain.profile_id WHERE p.merged_into_id IS NOT NULL)
    SELECT next.line, p.id AS profile_id, coalesce(p.redacted_at IS NOT NULL, false) AS erased, next.points, next.reason, (
      SELECT t.id FROM ledger_transactions t
      WHERE ${undoing} AND t.shop_id = ${shopId} AND t.idempotency_key = 'batch:' || ${id}::text || ':' || next.line) AS posted_by_id
    FROM next LEFT JOIN (
      chain JOIN profiles p ON p.shop_id = ${shopId} AND p.id = chain.profile_id AND p.merged_into_id IS NULL) ON chain.line = next.line
    ORDER BY next.line`;
  return rows.map(({ profile_id: profileId, posted_by_id: postedById, erased, ...row }) => ({
    ...row,
    erased,
    profileId: erased && !undoing ? null : profileId,
    postedById,
  }));
}
