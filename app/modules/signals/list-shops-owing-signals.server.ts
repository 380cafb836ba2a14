import type { PrismaClient } from '~/generated/prisma/client';

/** The active shops whose Shopify Flow has something to hear: one look into the index per shop. */
export async function listShopsOwingSignals(
  db: Pick<PrismaClient, '$queryRaw'>,
  { now }: { now: Date },
): Promise<number[]> {
  const rows = await db.$queryRaw<{ id: number }[]>`
    SELECT s.id FROM shops s
    WHERE s.status = 'active' AND EXISTS (SELECT 1 FROM signals g WHERE g.shop_id = s.id AND g.due_at <= ${now})
    ORDER BY s.id`;
  return rows.map((row) => row.id);
}
