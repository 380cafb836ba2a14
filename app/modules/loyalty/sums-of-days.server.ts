import { Prisma } from '~/platform/db/index.server';

/**
 * What was booked from one local day up to another, exclusive, by day, kind and account. The shop's counter-account is left
 * out.
 */
export function sumsOfDays(shopId: number, from: Prisma.Sql, until: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    SELECT (t.created_at AT TIME ZONE (SELECT time_zone FROM shops WHERE id = ${shopId}))::date AS day,
      t.kind, a.kind AS account, sum(p.points)::bigint AS points
    FROM ledger_transactions t
    JOIN ledger_postings p ON p.shop_id = t.shop_id AND p.transaction_id = t.id
    JOIN ledger_accounts a ON a.shop_id = p.shop_id AND a.id = p.account_id
    WHERE t.shop_id = ${shopId} AND a.kind <> 'issued'
      AND t.created_at >= (${beginOf(shopId, from)}) AND t.created_at < (${beginOf(shopId, until)})
    GROUP BY 1, 2, 3`;
}

/** When a local day begins. Where the clocks go back at midnight it is midnight twice, of which PostgreSQL means the second. */
function beginOf(shopId: number, day: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    SELECT CASE WHEN ((midnight - interval '1 hour') AT TIME ZONE time_zone)::date = day
      THEN midnight - interval '1 hour' ELSE midnight END
    FROM (SELECT d.day, s.time_zone, d.day::timestamp AT TIME ZONE s.time_zone AS midnight
      FROM shops s, (${day}) AS d(day) WHERE s.id = ${shopId}) local`;
}
