import type { Tx } from '~/platform/db/index.server';
import { accountKey, type AccountKind, type Posting } from './ledger-input';

/** What the ledger says about one order. */
export interface OrderLedger {
  positions: Posting[]; // what lies where because of this order
  transactions: number; // posted for it so far: the number of the next one
  ruleVersion: number | null; // that it earned by
  earnedById: bigint | null; // its first earning
}

interface Row {
  order_id: bigint;
  transaction_id: bigint;
  kind: string;
  rule_version: number | null;
  account: AccountKind;
  profile_id: bigint;
  points: bigint;
}

/** What was posted for each of these orders before; orders without entries are not in the map. One statement. */
export async function readOrderLedgers(
  tx: Tx,
  input: { shopId: number; orderIds: bigint[] },
): Promise<Map<bigint, OrderLedger>> {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT t.order_id, t.id AS transaction_id, t.kind, t.rule_version, a.kind AS account, a.profile_id, p.points
    FROM ledger_transactions t
    JOIN ledger_postings p ON p.shop_id = t.shop_id AND p.transaction_id = t.id
    JOIN ledger_accounts a ON a.shop_id = p.shop_id AND a.id = p.account_id
    WHERE t.shop_id = ${input.shopId} AND t.order_id = ANY (${input.orderIds}::bigint[])
      AND a.kind <> 'issued'
    ORDER BY t.order_id, t.id`;
  const byOrder = new Map<bigint, Row[]>();
  for (const row of rows) byOrder.set(row.order_id, [...(byOrder.get(row.order_id) ?? []), row]);
  return new Map([...byOrder].map(([orderId, its]) => [orderId, toLedger(its)]));
}

function toLedger(rows: Row[]): OrderLedger {
  const positions = new Map<string, Posting>();
  for (const { profile_id: profileId, account, points } of rows) {
    const key = accountKey({ profileId, account });
    positions.set(key, { profileId, account, points: (positions.get(key)?.points ?? 0) + Number(points) });
  }
  return {
    positions: [...positions.values()].filter((position) => position.points !== 0),
    transactions: new Set(rows.map((row) => row.transaction_id)).size,
    ruleVersion: rows.find((row) => row.rule_version !== null)?.rule_version ?? null,
    earnedById: rows.find((row) => row.kind === 'earn')?.transaction_id ?? null,
  };
}
