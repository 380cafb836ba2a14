import type { PrismaClient } from '~/generated/prisma/client';
import { goodsTold } from './goods-told.server';

/** The active shops where pending points became due, or goods of orders were told: looks into small indexes per shop. */
export async function listShopsWithDuePoints(
  db: Pick<PrismaClient, '$queryRaw'>,
  { now }: { now: Date },
): Promise<number[]> {
  const rows = await db.$queryRaw<{ id: number }[]>`
    SELECT s.id FROM shops s
    WHERE s.status <> 'uninstalled'
      AND (EXISTS (SELECT 1 FROM point_holds h WHERE h.shop_id = s.id AND h.due_at <= ${now})
        OR EXISTS (SELECT 1 FROM earn_events e WHERE e.shop_id = s.id AND e.due_at <= ${now})
        OR EXISTS (SELECT 1 FROM order_line_earns w WHERE w.shop_id = s.id AND ${goodsTold})
        OR EXISTS (SELECT 1 FROM order_line_factors w WHERE w.shop_id = s.id AND ${goodsTold}))
    ORDER BY s.id`;
  return rows.map((row) => row.id);
}
