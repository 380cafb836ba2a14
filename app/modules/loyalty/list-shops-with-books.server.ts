import type { PrismaClient } from '~/generated/prisma/client';

/** The active shops whose ledger has entries: their books are closed every day, and their points may expire. */
export async function listShopsWithBooks(db: Pick<PrismaClient, '$queryRaw'>): Promise<number[]> {
  const rows = await db.$queryRaw<{ id: number }[]>`
    SELECT s.id FROM shops s
    WHERE s.status <> 'uninstalled' AND EXISTS (SELECT 1 FROM ledger_transactions t WHERE t.shop_id = s.id)
    ORDER BY s.id`;
  return rows.map((row) => row.id);
}
