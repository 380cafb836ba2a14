import { z } from 'zod';
import { Prisma, type Tx } from '~/platform/db/index.server';
import { isTimeAndId, readCursor, toPage } from './cursor';
import { keyset, timeAndId } from './keyset.server';
import type { AffiliateOrderRow, ListPage, PageCursor } from './types';

const rowSchema = z.object({
  order_id: z.bigint(),
  via: z.enum(['code', 'link', 'customer']),
  code: z.string().nullable(),
  outcome: z.enum(['earns', 'unpaid', 'void', 'own_order', 'known_customer', 'later_order']),
  net: z.string(),
  commission: z.string(),
  currency: z.string(),
  placed_at: z.date(),
  waits: z.boolean(),
});

/** The orders an affiliate brought, the latest first; nothing about who bought. */
export async function listAffiliateOrders(
  tx: Tx,
  input: { shopId: number; affiliateId: bigint; cursor: PageCursor; limit: number },
): Promise<ListPage<AffiliateOrderRow>> {
  const { shopId, affiliateId, limit } = input;
  const reading = readCursor(input.cursor, isTimeAndId);
  const { from, order } = keyset(reading, {
    by: Prisma.sql`o.placed_at`,
    id: Prisma.sql`o.order_id`,
    value: timeAndId,
  });
  const rows = await tx.$queryRaw`
    SELECT o.order_id, o.via, o.code, o.outcome, o.net::text, o.commission::text, o.currency, o.placed_at,
      o.due_at IS NOT NULL AS waits
    FROM affiliate_orders o
    WHERE o.shop_id = ${shopId} AND o.affiliate_id = ${affiliateId} ${from} ORDER BY ${order} LIMIT ${limit + 1}`;
  return toPage(z.array(rowSchema).parse(rows), {
    limit,
    reading,
    place: (row) => [row.placed_at.toISOString(), row.order_id.toString()],
    item: ({ order_id: orderId, placed_at: placedAt, ...row }) => ({
      ...row,
      orderId: orderId.toString(),
      placedAt: placedAt.toISOString(),
    }),
  });
}
