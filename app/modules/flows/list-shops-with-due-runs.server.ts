import type { Prisma } from '~/platform/db/index.server';

/**
 * Active shops with a due run in a flow that is on; one index probe per flow, however many runs wait elsewhere. Run by
 * `acrossShops`.
 */
export async function listShopsWithDueRuns(
  db: Pick<Prisma.TransactionClient, '$queryRaw'>,
  input: { now: Date },
): Promise<number[]> {
  const rows = await db.$queryRaw<{ id: number }[]>`
    SELECT s.id
    FROM shops s
    WHERE s.status = 'active' AND EXISTS (
      SELECT 1 FROM flows f
      WHERE f.shop_id = s.id AND f.enabled AND EXISTS (
        SELECT 1 FROM flow_runs r
        WHERE r.shop_id = f.shop_id AND r.flow_key = f.key AND r.state = 'waiting' AND r.due_at <= ${input.now}))
    ORDER BY s.id`;
  return rows.map((row) => row.id);
}
