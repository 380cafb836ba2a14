import type { PrismaClient } from '~/generated/prisma/client';

/** The active shops where time has changed somebody's tier, or everybody is to be computed anew. */
export async function listShopsWithDueTiers(
  db: Pick<PrismaClient, '$queryRaw'>,
  { now }: { now: Date },
): Promise<number[]> {
  const rows = await db.$queryRaw<{ id: number }[]>`
    SELECT s.id FROM shops s
    WHERE s.status <> 'uninstalled' AND (
      EXISTS (SELECT 1 FROM profile_tiers t WHERE t.shop_id = s.id AND t.changes_at <= ${now})
      OR EXISTS (SELECT 1 FROM tier_recomputes r WHERE r.shop_id = s.id AND r.finished_at IS NULL))
    ORDER BY s.id`;
  return rows.map((row) => row.id);
}
