import type { PrismaClient } from '~/generated/prisma/client';
import { goodsTold } from './goods-told.server';

/** The active shops where the hold of a commission is over, or an order is to be judged again: two looks into indexes per shop. */
export async function listShopsWithDueCommissions(
  db: Pick<PrismaClient, '$queryRaw'>,
  { now }: { now: Date },
): Promise<number[]> {
  const rows = await db.$queryRaw<{ id: number }[]>`
    SELECT s.id FROM shops s
    WHERE s.status <> 'uninstalled'
      AND (EXISTS (SELECT 1 FROM affiliate_orders o WHERE o.shop_id = s.id AND o.due_at <= ${now})
        OR EXISTS (SELECT 1 FROM affiliate_orders o WHERE o.shop_id = s.id AND ${goodsTold}))
    ORDER BY s.id`;
  return rows.map((row) => row.id);
}
