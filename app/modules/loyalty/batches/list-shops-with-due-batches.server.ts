import type { PrismaClient } from '~/generated/prisma/client';
import { uploadsKeptSince } from './drop-old-uploads.server';

/** The active shops with batches to go on with, or with uploads that have been kept long enough. */
export async function listShopsWithDueBatches(
  db: Pick<PrismaClient, '$queryRaw'>,
  { now }: { now: Date },
): Promise<number[]> {
  const rows = await db.$queryRaw<{ id: number }[]>`
    SELECT s.id FROM shops s
    WHERE s.status <> 'uninstalled' AND (
      EXISTS (SELECT 1 FROM point_batches b WHERE b.shop_id = s.id AND b.status IN ('posting', 'undoing'))
      OR EXISTS (SELECT 1 FROM point_batches b
        WHERE b.shop_id = s.id AND b.uploads_dropped_at IS NULL AND b.status NOT IN ('posting', 'undoing')
          AND b.created_at <= ${uploadsKeptSince(now)}))
    ORDER BY s.id`;
  return rows.map((row) => row.id);
}
