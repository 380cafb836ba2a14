import { z } from 'zod';
import { listOrderMoney } from '~/modules/orders/index.server';
import type { Tx } from '~/platform/db/index.server';
import type { LedgerEntry, LedgerPage } from './types';

export interface ListLedgerInput {
  shopId: number;
  profileId: bigint;
  cursor?: string | null; // of the page before
  limit: number; // 1 to 100
}

interface Row {
  id: bigint;
  kind: LedgerEntry['kind'];
  points: bigint;
  pending: bigint;
  order_id: bigint | null;
  rule_version: number | null;
  reason: string | null;
  staff: string | null;
  occurred_at: Date;
}

const pageSchema = z.object({
  cursor: z
    .string()
    .regex(/^\d{1,18}$/)
    .nullish(),
  limit: z.number().int().min(1).max(100),
});

/**
 * A person's ledger, newest first. Each entry's sentence is a key with parameters, for the reader's language. Throws a zod
 * error for a cursor that is none of ours.
 */
export async function listLedger(tx: Tx, input: ListLedgerInput): Promise<LedgerPage> {
  const { cursor, limit } = pageSchema.parse(input);
  const before = cursor ? BigInt(cursor) : null;
  const rows = await tx.$queryRaw<Row[]>`
    SELECT t.id, t.kind, t.order_id, t.rule_version, t.reason, t.staff, t.occurred_at,
      coalesce(sum(p.points) FILTER (WHERE a.kind = 'points'), 0)::bigint AS points,
      coalesce(sum(p.points) FILTER (WHERE a.kind = 'pending'), 0)::bigint AS pending
    FROM ledger_accounts a
    JOIN ledger_postings p ON p.shop_id = a.shop_id AND p.account_id = a.id
    JOIN ledger_transactions t ON t.shop_id = p.shop_id AND t.id = p.transaction_id
    WHERE a.shop_id = ${input.shopId} AND a.profile_id = ${input.profileId} AND a.kind <> 'reserved'
      AND (${before}::bigint IS NULL OR p.transaction_id < ${before})
    GROUP BY t.shop_id, t.id
    ORDER BY t.id DESC
    LIMIT ${limit + 1}`;
  const page = rows.slice(0, limit);
  const names = await orderNames(tx, input.shopId, page);
  return {
    entries: page.map((row) => toEntry(row, names)),
    nextCursor: rows.length > limit ? (page.at(-1)?.id.toString() ?? null) : null,
  };
}

async function orderNames(tx: Tx, shopId: number, rows: Row[]): Promise<Map<bigint, string>> {
  const orderIds = [...new Set(rows.flatMap((row) => row.order_id ?? []))];
  if (orderIds.length === 0) return new Map();
  const orders = await listOrderMoney(tx, { shopId, orderIds });
  return new Map(orders.map((order) => [order.orderId, order.name]));
}

function toEntry(row: Row, names: Map<bigint, string>): LedgerEntry {
  const order = row.order_id === null ? null : (names.get(row.order_id) ?? row.order_id.toString());
  return {
    transactionId: row.id.toString(),
    kind: row.kind,
    points: Number(row.points),
    pending: Number(row.pending),
    occurredAt: row.occurred_at,
    description: {
      key: `loyalty.ledger.${row.kind}`,
      params: { order, reason: row.reason, staff: row.staff },
    },
    orderId: row.order_id?.toString() ?? null,
    ruleVersion: row.rule_version,
  };
}
