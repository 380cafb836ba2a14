import { z } from 'zod';
import { Prisma, type Tx } from '~/platform/db/index.server';
import type { AffiliateWeek } from './types';

const rowSchema = z.object({
  monday: z.string(),
  clicks: z.number(),
  orders: z.number(),
  commission: z.string(),
});

/**
 * What affiliates, or one of them, brought in each of the last `count` weeks of the shop's time zone, oldest first, the present
 * one included. A week begins on Monday; orders count in the week they were placed, with what they earn by now in `currency`.
 */
export async function listWeeks(
  tx: Tx,
  input: {
    shopId: number;
    affiliateId?: bigint;
    currency: string;
    timeZone: string;
    now: Date;
    count: number;
  },
): Promise<AffiliateWeek[]> {
  const { shopId, affiliateId, currency, timeZone, now, count } = input;
  // Said in the text, not by a value that may be null: one plan for both questions would read the whole shop's for one of them.
  const own = affiliateId === undefined ? Prisma.empty : Prisma.sql`AND affiliate_id = ${affiliateId}`;
  const rows = await tx.$queryRaw`
    WITH week AS (
      SELECT monday, monday AT TIME ZONE ${timeZone} AS from_at, (monday + interval '7 days') AT TIME ZONE ${timeZone} AS to_at
      FROM generate_series(
        date_trunc('week', ${now}::timestamptz AT TIME ZONE ${timeZone}) - ${count - 1}::int * interval '7 days',
        date_trunc('week', ${now}::timestamptz AT TIME ZONE ${timeZone}), interval '7 days') AS monday)
    SELECT to_char(week.monday, 'YYYY-MM-DD') AS monday,
      (SELECT count(*) FROM affiliate_clicks c
        WHERE c.shop_id = ${shopId} AND c.clicked_at >= week.from_at AND c.clicked_at < week.to_at
          ${own})::int AS clicks,
      coalesce(o.orders, 0)::int AS orders, coalesce(o.commission, 0)::text AS commission
    FROM week LEFT JOIN LATERAL (
      SELECT count(*) AS orders, sum(b.commission) FILTER (WHERE b.currency = ${currency}) AS commission
      FROM affiliate_orders b
      WHERE b.shop_id = ${shopId} AND b.outcome = 'earns' AND b.placed_at >= week.from_at AND b.placed_at < week.to_at
        ${own}) o ON true
    ORDER BY week.monday`;
  return z.array(rowSchema).parse(rows);
}
