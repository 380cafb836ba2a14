import { Prisma, type Tx } from '~/platform/db/index.server';
import type { Decimal } from '~/platform/money';
import { isTimeAndId, readCursor, toPage } from './cursor';
import { iso } from './iso';
import { keyset, timeAndId } from './keyset.server';
import type { ListPage, OrderRow, PageCursor } from './types';

interface Row {
  id: bigint;
  name: string;
  processed_at: Date;
  financial_status: string | null;
  fulfillment_status: string | null;
  cancelled_at: Date | null;
  test: boolean;
  total: Decimal;
  refunded_total: Decimal;
  net_revenue: Decimal;
  points: bigint;
}

/** A person's orders, newest first, each with the points it left after refunds. Amounts in shop currency. */
export async function listProfileOrders(
  tx: Tx,
  input: { shopId: number; profileId: bigint; cursor: PageCursor; limit: number },
): Promise<ListPage<OrderRow>> {
  const reading = readCursor(input.cursor, isTimeAndId);
  const { from, order } = keyset(reading, {
    by: Prisma.sql`o.processed_at`,
    id: Prisma.sql`o.id`,
    value: timeAndId,
  });
  const rows = await tx.$queryRaw<Row[]>`
    SELECT o.id, o.name, o.processed_at, o.financial_status, o.fulfillment_status, o.cancelled_at, o.test, o.total, o.refunded_total, o.net_revenue,
           coalesce((SELECT sum(p.points) FROM ledger_transactions t
             JOIN ledger_postings p ON p.shop_id = t.shop_id AND p.transaction_id = t.id
             JOIN ledger_accounts a ON a.shop_id = p.shop_id AND a.id = p.account_id AND a.kind IN ('points', 'pending')
             WHERE t.shop_id = o.shop_id AND t.order_id = o.id), 0)::bigint AS points
    FROM orders o
    WHERE o.shop_id = ${input.shopId} AND o.profile_id = ${input.profileId} AND o.deleted_at IS NULL ${from}
    ORDER BY ${order} LIMIT ${input.limit + 1}`;
  return toPage(rows, {
    limit: input.limit,
    reading,
    place: (row) => [row.processed_at.toISOString(), String(row.id)],
    item: (row) => ({
      id: String(row.id),
      name: row.name,
      processedAt: iso(row.processed_at),
      financialStatus: row.financial_status,
      fulfillmentStatus: row.fulfillment_status,
      cancelled: row.cancelled_at !== null,
      test: row.test,
      total: row.total.toString(),
      refundedTotal: row.refunded_total.toString(),
      netRevenue: row.net_revenue.toString(),
      points: Number(row.points),
    }),
  });
}
