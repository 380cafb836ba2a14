import { Prisma } from '~/platform/db/index.server';

/** What was booked from one moment to another, by local day, kind and account. The shop's counter-account is left out. */
export function sumsOfDays(shopId: number, from: Prisma.Sql, until: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    SELECT (t.created_at AT TIME ZONE (SELECT time_zone FROM shops WHERE id = ${shopId}))::date AS day,
      t.kind, a.kind AS account, sum(p.points)::bigint AS points
    FROM ledger_transactions t
    JOIN ledger_postings p ON p.shop_id = t.shop_id AND p.transaction_id = t.id
    JOIN ledger_accounts a ON a.shop_id = p.shop_id AND a.id = p.account_id
    WHERE t.shop_id = ${shopId} AND a.kind <> 'issued' AND t.created_at >= ${from} AND t.created_at < ${until}
    GROUP BY 1, 2, 3`;
}
