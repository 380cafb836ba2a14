import type { PrismaClient } from '~/generated/prisma/client';

/** The active shops where a hold is over, a friend's code is still to be made or ended, or a pool has something to do. */
export async function listShopsWithDueReferrals(
  db: Pick<PrismaClient, '$queryRaw'>,
  { now }: { now: Date },
): Promise<number[]> {
  const rows = await db.$queryRaw<{ id: number }[]>`
    SELECT s.id FROM shops s
    WHERE s.status = 'active' AND (
      EXISTS (SELECT 1 FROM referrals r WHERE r.shop_id = s.id AND r.due_at <= ${now})
      OR EXISTS (SELECT 1 FROM referrals r WHERE r.shop_id = s.id AND r.next_attempt_at <= ${now})
      OR EXISTS (SELECT 1 FROM referral_pools p WHERE p.shop_id = s.id AND p.next_attempt_at <= ${now}))
    ORDER BY s.id`;
  return rows.map((row) => row.id);
}
