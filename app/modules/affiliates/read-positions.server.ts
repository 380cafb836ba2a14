import type { Tx } from '~/platform/db/index.server';
import { decimal, type Amount } from '~/platform/money';
import type { Position } from './plan-entries';

/** What the ledger says about one order. */
export interface OrderPositions {
  currency: string;
  transactions: number; // posted for it so far: the number of the next one
  positions: Position[];
}

interface Row {
  order_id: bigint;
  transactions: number;
  currency: string;
  affiliate_id: bigint | null;
  pending: Amount;
  payable: Amount;
}

/** What was posted for these orders, and for the orders affiliates brought of these people, before. One statement. */
export async function readPositions(
  tx: Tx,
  input: { shopId: number; orderIds: bigint[]; profileIds: bigint[] },
): Promise<Map<bigint, OrderPositions>> {
  const { shopId, orderIds, profileIds } = input;
  const rows = await tx.$queryRaw<Row[]>`
    WITH asked AS (
      SELECT unnest(${orderIds}::bigint[]) AS order_id
      UNION SELECT order_id FROM affiliate_orders WHERE shop_id = ${shopId} AND profile_id = ANY (${profileIds}::bigint[]))
    SELECT t.order_id, t.currency, a.affiliate_id,
      (SELECT count(*) FROM affiliate_transactions n WHERE n.shop_id = ${shopId} AND n.order_id = t.order_id)::int AS transactions,
      coalesce(sum(p.amount) FILTER (WHERE a.kind = 'pending'), 0) AS pending,
      coalesce(sum(p.amount) FILTER (WHERE a.kind = 'payable'), 0) AS payable
    FROM asked
    JOIN affiliate_transactions t ON t.shop_id = ${shopId} AND t.order_id = asked.order_id
    JOIN affiliate_postings p ON p.shop_id = t.shop_id AND p.transaction_id = t.id
    JOIN affiliate_accounts a ON a.shop_id = p.shop_id AND a.id = p.account_id
    GROUP BY t.order_id, t.currency, a.affiliate_id`;
  const found = new Map<bigint, OrderPositions>();
  for (const { order_id: orderId, affiliate_id: affiliateId, transactions, currency, ...sums } of rows) {
    const known = found.get(orderId) ?? { currency, transactions, positions: [] };
    if (affiliateId !== null) known.positions.push(toPosition(affiliateId, sums));
    found.set(orderId, known);
  }
  return found;
}

function toPosition(
  affiliateId: bigint,
  { pending, payable }: { pending: Amount; payable: Amount },
): Position {
  return { affiliateId, pending: decimal(pending), payable: decimal(payable) };
}
