import { Prisma } from '~/platform/db/index.server';

/**
 * What was booked from one local day up to another, exclusive, by day, kind and account. The shop's counter-account is left
 * out. Where the clocks go back at midnight it is midnight twice, and PostgreSQL means the second: so entries are looked for
 * from some hours before, and their days decide.
 */
export function sumsOfDays(shopId: number, from: Prisma.Sql, until: Prisma.Sql): Prisma.Sql {
  const zone = Prisma.sql`(SELECT time_zone FROM shops WHERE id = ${shopId})`;
  const day = Prisma.sql`(t.created_at AT TIME ZONE ${zone})::date`;
  return Prisma.sql`
    SELECT ${day} AS day, t.kind, a.kind AS account, sum(p.points)::bigint AS points
    FROM ledger_transactions t
    JOIN ledger_postings p ON p.shop_id = t.shop_id AND p.transaction_id = t.id
    JOIN ledger_accounts a ON a.shop_id = p.shop_id AND a.id = p.account_id
    WHERE t.shop_id = ${shopId} AND a.kind <> 'issued'
      AND t.created_at >= ((${from})::timestamp - interval '3 hours') AT TIME ZONE ${zone}
      AND t.created_at < (${until})::timestamp AT TIME ZONE ${zone} AND ${day} >= (${from}) AND ${day} < (${until})
    GROUP BY 1, 2, 3`;
}
