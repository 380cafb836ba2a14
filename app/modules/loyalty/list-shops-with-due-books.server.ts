import type { PrismaClient } from '~/generated/prisma/client';
import { closingMarginMs } from './closing-margin';

/** The active shops with entries whose books are not closed up to today: the day's work is due there, once a day. */
export async function listShopsWithDueBooks(
  db: Pick<PrismaClient, '$queryRaw'>,
  { now }: { now: Date },
): Promise<number[]> {
  const until = new Date(now.getTime() - closingMarginMs);
  const rows = await db.$queryRaw<{ id: number }[]>`
    SELECT s.id FROM shops s
    LEFT JOIN ledger_closings c ON c.shop_id = s.id AND c.time_zone = s.time_zone
    WHERE s.status <> 'uninstalled'
      AND coalesce(c.open_from, '-infinity') < (${until}::timestamptz AT TIME ZONE s.time_zone)::date
      AND EXISTS (SELECT 1 FROM ledger_transactions t WHERE t.shop_id = s.id)
    ORDER BY s.id`;
  return rows.map((row) => row.id);
}
