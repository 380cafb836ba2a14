import type { Tx } from '~/platform/db/index.server';
import type { StatementPart } from './types';

/** A month in which something was earned, lost or paid in this currency. */
export interface StatementSummary extends StatementPart {
  month: string; // YYYY-MM of the shop's time zone
}

/**
 * What `getStatement` says of each of the latest 24 months of the shop's time zone in which an affiliate earned, lost or was
 * paid something, newest first; a month has one row per currency that moved in it. One statement, along one index.
 */
export async function listStatements(
  tx: Tx,
  { shopId, affiliateId, timeZone }: { shopId: number; affiliateId: bigint; timeZone: string },
): Promise<StatementSummary[]> {
  return tx.$queryRaw<StatementSummary[]>`
    WITH booked AS (
      SELECT date_trunc('month', created_at AT TIME ZONE ${timeZone}) AS month, currency, sum(moved) AS moved,
        coalesce(sum(moved) FILTER (WHERE kind = 'earn'), 0) AS earned,
        coalesce(sum(moved) FILTER (WHERE kind = 'reverse'), 0) AS reversed,
        coalesce(sum(moved) FILTER (WHERE kind = 'pay'), 0) AS paid
      FROM affiliate_transactions
      WHERE shop_id = ${shopId} AND affiliate_id = ${affiliateId} AND moved <> 0
      GROUP BY 1, 2),
    summed AS (
      SELECT *, sum(moved) OVER (PARTITION BY currency ORDER BY month) AS closing,
        dense_rank() OVER (ORDER BY month DESC) AS age
      FROM booked)
    SELECT to_char(month, 'YYYY-MM') AS month, currency, (closing - moved)::text AS opening, earned::text, reversed::text,
      paid::text, closing::text
    FROM summed WHERE age <= 24 ORDER BY age, currency`;
}
