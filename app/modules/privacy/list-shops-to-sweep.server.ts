import type { PrismaClient } from '~/generated/prisma/client';

/** The shops with compliance requests: the only ones where time has something to do. */
export async function listShopsToSweep(db: Pick<PrismaClient, '$queryRaw'>): Promise<number[]> {
  const rows = await db.$queryRaw<{ id: number }[]>`
    SELECT s.id FROM shops s WHERE EXISTS (SELECT 1 FROM privacy_requests r WHERE r.shop_id = s.id) ORDER BY s.id`;
  return rows.map((row) => row.id);
}
