import { Prisma, type Tx } from '~/platform/db/index.server';
import { isTimeAndId, readCursor, toPage } from './cursor';
import { iso } from './iso';
import { keyset, timeAndId } from './keyset.server';
import type { LedgerEntry, ListPage, PageCursor } from './types';

interface Row {
  id: bigint;
  kind: string;
  points: bigint;
  pending: bigint;
  order_id: bigint | null;
  order_name: string | null;
  for_tier: boolean;
  reason: string | null;
  staff: string | null;
  occurred_at: Date;
}

/** A person's ledger, newest first: one line per transaction with what it did to the spendable and the held points. */
export async function listProfileLedger(
  tx: Tx,
  input: { shopId: number; profileId: bigint; cursor: PageCursor; limit: number },
): Promise<ListPage<LedgerEntry>> {
  const reading = readCursor(input.cursor, isTimeAndId);
  const { from, order } = keyset(reading, {
    by: Prisma.sql`e.occurred_at`,
    id: Prisma.sql`e.id`,
    value: timeAndId,
  });
  const rows = await tx.$queryRaw<Row[]>`
    SELECT e.*, o.name AS order_name FROM (
      SELECT t.id, CASE WHEN t.idempotency_key LIKE 'referral:%' THEN 'referral' ELSE t.kind END AS kind, t.order_id,
             t.tier_id IS NOT NULL AS for_tier, t.reason, t.staff, t.occurred_at,
             coalesce(sum(p.points) FILTER (WHERE a.kind = 'points'), 0)::bigint AS points,
             coalesce(sum(p.points) FILTER (WHERE a.kind = 'pending'), 0)::bigint AS pending
      FROM ledger_accounts a
      JOIN ledger_postings p ON p.shop_id = a.shop_id AND p.account_id = a.id
      JOIN ledger_transactions t ON t.shop_id = p.shop_id AND t.id = p.transaction_id
      WHERE a.shop_id = ${input.shopId} AND a.profile_id = ${input.profileId} AND a.kind <> 'reserved'
      GROUP BY t.shop_id, t.id) e
    LEFT JOIN orders o ON o.shop_id = ${input.shopId} AND o.id = e.order_id
    WHERE true ${from} ORDER BY ${order} LIMIT ${input.limit + 1}`;
  return toPage(rows, {
    limit: input.limit,
    reading,
    place: (row) => [row.occurred_at.toISOString(), String(row.id)],
    item: (row) => ({
      id: String(row.id),
      kind: row.kind,
      points: Number(row.points),
      pending: Number(row.pending),
      orderId: row.order_id === null ? null : String(row.order_id),
      orderName: row.order_name,
      forTier: row.for_tier,
      reason: row.reason,
      staff: row.staff,
      occurredAt: iso(row.occurred_at),
    }),
  });
}
