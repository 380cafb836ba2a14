import type { PrismaClient } from '~/generated/prisma/client';

/** The active shops that give points for birthdays (to all, or to a tier) or anniversaries and were not looked at yet on their present day. */
export async function listShopsToCelebrate(
  db: Pick<PrismaClient, '$queryRaw'>,
  { now }: { now: Date },
): Promise<number[]> {
  const rows = await db.$queryRaw<{ id: number }[]>`
    SELECT s.id FROM shops s LEFT JOIN earn_settings e ON e.shop_id = s.id
    WHERE s.status = 'active'
      AND coalesce(e.celebrated_through, '-infinity') < (${now}::timestamptz AT TIME ZONE s.time_zone)::date
      AND (EXISTS (SELECT 1 FROM earn_actions a WHERE a.shop_id = s.id AND a.trigger IN ('birthday', 'order_anniversary'))
        OR EXISTS (SELECT 1 FROM tier_benefits b WHERE b.shop_id = s.id AND b.birthday_points > 0))
    ORDER BY s.id`;
  return rows.map((row) => row.id);
}
