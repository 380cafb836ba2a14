import type { PrismaClient } from '~/generated/prisma/client';

/** The active shops whose Shopify has something to hear about somebody: two looks into indexes per shop. */
export async function listShopsOwingStandings(
  db: Pick<PrismaClient, '$queryRaw'>,
  { now }: { now: Date },
): Promise<number[]> {
  const rows = await db.$queryRaw<{ id: number }[]>`
    SELECT s.id FROM shops s
    WHERE s.status = 'active' AND (EXISTS (SELECT 1 FROM standing_changes c WHERE c.shop_id = s.id)
      OR EXISTS (SELECT 1 FROM told_standings t WHERE t.shop_id = s.id AND t.due_at <= ${now}))
    ORDER BY s.id`;
  return rows.map((row) => row.id);
}
