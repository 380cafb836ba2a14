import { z } from 'zod';
import { Prisma, type Tx } from '~/platform/db/index.server';
import { isTimeAndId, readCursor, toPage } from './cursor';
import { keyset, timeAndId } from './keyset.server';
import { affiliateTabs, type AffiliateQuery, type AffiliateRow, type ListPage } from './types';

const rowSchema = z.object({
  id: z.bigint(),
  name: z.string().nullable(),
  email: z.string().nullable(),
  state: z.enum(affiliateTabs).exclude(['all']),
  group: z.string().nullable(),
  applied_at: z.date(),
  clicks: z.number(),
  orders: z.number(),
  payable: z.array(z.object({ currency: z.string(), amount: z.string() })),
});

/** The affiliates of a tab with what they brought, who applied last first. One statement. */
export async function listAffiliates(
  tx: Tx,
  input: { shopId: number; query: AffiliateQuery; limit: number },
): Promise<ListPage<AffiliateRow>> {
  const { shopId, query, limit } = input;
  const reading = readCursor(query, isTimeAndId);
  const { from, order } = keyset(reading, {
    by: Prisma.sql`a.applied_at`,
    id: Prisma.sql`a.id`,
    value: timeAndId,
  });
  const state = query.tab === 'all' ? Prisma.empty : Prisma.sql`AND a.state = ${query.tab}`;
  // What is counted is counted of the page alone, along the index of each table.
  const rows = await tx.$queryRaw`
    SELECT a.id, a.name, a.email, a.state, a.applied_at, g.name AS "group",
      (SELECT count(*) FROM affiliate_clicks c WHERE c.shop_id = a.shop_id AND c.affiliate_id = a.id)::int AS clicks,
      (SELECT count(*) FROM affiliate_orders o
        WHERE o.shop_id = a.shop_id AND o.affiliate_id = a.id AND o.outcome = 'earns')::int AS orders,
      coalesce((SELECT jsonb_agg(jsonb_build_object('currency', p.currency, 'amount', p.balance::text) ORDER BY p.currency)
        FROM affiliate_accounts p
        WHERE p.shop_id = a.shop_id AND p.affiliate_id = a.id AND p.kind = 'payable'), '[]') AS payable
    FROM affiliates a LEFT JOIN affiliate_groups g ON g.shop_id = a.shop_id AND g.id = a.group_id
    WHERE a.shop_id = ${shopId} ${state} ${from} ORDER BY ${order} LIMIT ${limit + 1}`;
  return toPage(z.array(rowSchema).parse(rows), {
    limit,
    reading,
    place: (row) => [row.applied_at.toISOString(), row.id.toString()],
    item: ({ id, applied_at: _at, ...row }) => ({ ...row, id: id.toString() }),
  });
}
