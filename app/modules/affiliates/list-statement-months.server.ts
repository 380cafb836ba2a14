import type { Tx } from '~/platform/db/index.server';

/**
 * The latest 24 months of the shop's time zone in which an affiliate earned, lost or was paid something, newest first: YYYY-MM.
 * From each month it looks for the last entry before it, so that a long history costs no more than a short one.
 */
export async function listStatementMonths(
  tx: Tx,
  { shopId, affiliateId, timeZone }: { shopId: number; affiliateId: bigint; timeZone: string },
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ month: string }[]>`
    WITH RECURSIVE booked AS (
      SELECT max(created_at) AS at, 1 AS n FROM affiliate_transactions
      WHERE shop_id = ${shopId} AND affiliate_id = ${affiliateId} AND moved <> 0
      UNION ALL
      SELECT (SELECT max(t.created_at) FROM affiliate_transactions t
        WHERE t.shop_id = ${shopId} AND t.affiliate_id = ${affiliateId} AND t.moved <> 0
          AND t.created_at < date_trunc('month', booked.at AT TIME ZONE ${timeZone}) AT TIME ZONE ${timeZone}), n + 1
      FROM booked WHERE booked.at IS NOT NULL AND n < 24)
    SELECT to_char(at AT TIME ZONE ${timeZone}, 'YYYY-MM') AS month FROM booked WHERE at IS NOT NULL ORDER BY n`;
  return rows.map(({ month }) => month);
}
