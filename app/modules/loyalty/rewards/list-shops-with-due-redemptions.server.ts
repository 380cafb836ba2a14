import type { PrismaClient } from '~/generated/prisma/client';

/** The active shops with a code to make or to disable: one look into the index per shop. */
export async function listShopsWithDueRedemptions(
  db: Pick<PrismaClient, '$queryRaw'>,
  { now }: { now: Date },
): Promise<number[]> {
  const rows = await db.$queryRaw<{ id: number }[]>`
    SELECT s.id FROM shops s
    WHERE s.status = 'active'
      AND EXISTS (SELECT 1 FROM redemptions d WHERE d.shop_id = s.id AND d.next_attempt_at <= ${now})
    ORDER BY s.id`;
  return rows.map((row) => row.id);
}
