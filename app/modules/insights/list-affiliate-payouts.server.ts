import { z } from 'zod';
import { Prisma, type Tx } from '~/platform/db/index.server';
import { isTimeAndId, readCursor, toPage } from './cursor';
import { keyset, timeAndId } from './keyset.server';
import type { AffiliatePayoutRow, ListPage, PageCursor } from './types';

const rowSchema = z.object({
  id: z.bigint(),
  currency: z.string(),
  total: z.string(),
  state: z.enum(['open', 'paid', 'cancelled']),
  reference: z.string().nullable(),
  created_at: z.date(),
  payouts: z.array(z.object({ name: z.string().nullable(), amount: z.string() })),
  people: z.number(),
});

const namesShown = 10;

/** The payouts of a shop with who gets most of each, the latest first. */
export async function listAffiliatePayouts(
  tx: Tx,
  input: { shopId: number; cursor: PageCursor; limit: number },
): Promise<ListPage<AffiliatePayoutRow>> {
  const { shopId, limit } = input;
  const reading = readCursor(input.cursor, isTimeAndId);
  const { from, order } = keyset(reading, {
    by: Prisma.sql`b.created_at`,
    id: Prisma.sql`b.id`,
    value: timeAndId,
  });
  const rows = await tx.$queryRaw`
    SELECT b.id, b.currency, b.total::text, b.state, b.reference, b.created_at,
      (SELECT count(*)::int FROM affiliate_payouts p WHERE p.shop_id = b.shop_id AND p.batch_id = b.id) AS people,
      (SELECT coalesce(jsonb_agg(jsonb_build_object('name', n.name, 'amount', n.amount::text) ORDER BY n.amount DESC, n.id), '[]')
        FROM (
          SELECT a.id, a.name, p.amount
          FROM affiliate_payouts p JOIN affiliates a ON a.shop_id = p.shop_id AND a.id = p.affiliate_id
          WHERE p.shop_id = b.shop_id AND p.batch_id = b.id ORDER BY p.amount DESC, a.id LIMIT ${namesShown}) n) AS payouts
    FROM affiliate_payout_batches b
    WHERE b.shop_id = ${shopId} ${from} ORDER BY ${order} LIMIT ${limit + 1}`;
  return toPage(z.array(rowSchema).parse(rows), {
    limit,
    reading,
    place: (row) => [row.created_at.toISOString(), row.id.toString()],
    item: ({ id, created_at: createdAt, ...row }) => ({
      ...row,
      id: id.toString(),
      createdAt: createdAt.toISOString(),
    }),
  });
}
