import type { Tx } from '~/platform/db/index.server';

/** The months of the shop's time zone in which something was booked for an affiliate, newest first: YYYY-MM. */
export async function listStatementMonths(
  tx: Tx,
  { shopId, affiliateId, timeZone }: { shopId: number; affiliateId: bigint; timeZone: string },
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ month: string }[]>`
    SELECT DISTINCT to_char(t.created_at AT TIME ZONE ${timeZone}, 'YYYY-MM') AS month
    FROM affiliate_accounts a
    JOIN affiliate_postings p ON p.shop_id = a.shop_id AND p.account_id = a.id
    JOIN affiliate_transactions t ON t.shop_id = p.shop_id AND t.id = p.transaction_id
    WHERE a.shop_id = ${shopId} AND a.affiliate_id = ${affiliateId}
    ORDER BY month DESC LIMIT 24`;
  return rows.map(({ month }) => month);
}
