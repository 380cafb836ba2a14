import { z } from 'zod';
import { Prisma, type Tx } from '~/platform/db/index.server';
import { isTimeAndId, readCursor, toPage } from './cursor';
import { keyset, timeAndId } from './keyset.server';
import type { ListPage, OwnPayoutRow, PageCursor } from './types';

const rowSchema = z.object({
  batch_id: z.bigint(),
  amount: z.string(),
  currency: z.string(),
  reference: z.string().nullable(),
  paid_at: z.date(),
});

/** What was paid to an affiliate, the latest first. */
export async function listOwnPayouts(
  tx: Tx,
  input: { shopId: number; affiliateId: bigint; cursor: PageCursor; limit: number },
): Promise<ListPage<OwnPayoutRow>> {
  const { shopId, affiliateId, limit } = input;
  const reading = readCursor(input.cursor, isTimeAndId);
  const { from, order } = keyset(reading, {
    by: Prisma.sql`b.settled_at`,
    id: Prisma.sql`b.id`,
    value: timeAndId,
  });
  const rows = await tx.$queryRaw`
    SELECT b.id AS batch_id, p.amount::text, b.currency, b.reference, b.settled_at AS paid_at
    FROM affiliate_payouts p
    JOIN affiliate_payout_batches b ON b.shop_id = p.shop_id AND b.id = p.batch_id AND b.state = 'paid'
    WHERE p.shop_id = ${shopId} AND p.affiliate_id = ${affiliateId} ${from} ORDER BY ${order} LIMIT ${limit + 1}`;
  return toPage(z.array(rowSchema).parse(rows), {
    limit,
    reading,
    place: (row) => [row.paid_at.toISOString(), row.batch_id.toString()],
    item: ({ batch_id: _id, paid_at: paidAt, ...row }) => ({ ...row, paidAt: paidAt.toISOString() }),
  });
}
