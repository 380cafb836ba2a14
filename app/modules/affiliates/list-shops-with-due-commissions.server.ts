import type { PrismaClient } from '~/generated/prisma/client';

/** The active shops where the hold of a commission is over: one look into the index per shop. */
export async function listShopsWithDueCommissions(
  db: Pick<PrismaClient, '$queryRaw'>,
  { now }: { now: Date },
): Promise<number[]> {
  const rows = await db.$queryRaw<{ id: number }[]>`
    SELECT s.id FROM shops s
    WHERE s.status <> 'uninstalled'
      AND EXISTS (SELECT 1 FROM affiliate_orders o WHERE o.shop_id = s.id AND o.due_at <= ${now})
    ORDER BY s.id`;
  return rows.map((row) => row.id);
}
