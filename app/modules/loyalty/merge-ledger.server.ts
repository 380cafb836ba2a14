import type { Tx } from '~/platform/db/index.server';
import { finalSurvivors } from './final-survivors';
import type { AccountKind, TransactionInput } from './ledger-input';
import { lockAccounts } from './lock-accounts.server';
import { postTransactions } from './post-transactions.server';
import type { LedgerMerge } from './types';

export interface MergeLedgerInput {
  shopId: number;
  merges: LedgerMerge[];
  now: Date;
}

interface Holding {
  profile_id: bigint;
  account: AccountKind;
  order_id: bigint | null;
  points: bigint;
  entries: bigint; // transactions of the order so far, or lines of the person apart from orders
}

/**
 * Moves everything the merged profiles hold to the profiles they were merged into, order by order, so that a later refund
 * finds an order's points where they are now. Idempotent: what was moved is not there to be moved again.
 */
export async function mergeLedger(tx: Tx, { shopId, merges, now }: MergeLedgerInput): Promise<void> {
  const survivors = finalSurvivors(merges);
  if (survivors.size === 0) return;
  await lockAccounts(tx, { shopId, profileIds: [...new Set([...survivors.keys(), ...survivors.values()])] });
  const holdings = await readHoldings(tx, shopId, [...survivors.keys()]);
  const transactions = plan(holdings, survivors, now);
  await postTransactions(tx, { shopId, transactions, now });
}

async function readHoldings(tx: Tx, shopId: number, profileIds: bigint[]): Promise<Holding[]> {
  return tx.$queryRaw<Holding[]>`
    WITH held AS (
      SELECT a.profile_id, a.kind AS account, t.order_id, sum(p.points)::bigint AS points,
        (sum(count(*)) OVER (PARTITION BY a.profile_id, t.order_id))::bigint AS entries
      FROM ledger_accounts a
      JOIN ledger_postings p ON p.shop_id = a.shop_id AND p.account_id = a.id
      JOIN ledger_transactions t ON t.shop_id = p.shop_id AND t.id = p.transaction_id
      WHERE a.shop_id = ${shopId} AND a.profile_id = ANY (${profileIds}::bigint[])
      GROUP BY a.profile_id, a.kind, t.order_id)
    SELECT profile_id, account, order_id, points,
      CASE WHEN order_id IS NULL THEN entries
        ELSE (SELECT count(*) FROM ledger_transactions t WHERE t.shop_id = ${shopId} AND t.order_id = held.order_id) END AS entries
    FROM held WHERE points <> 0 ORDER BY profile_id, order_id NULLS FIRST, account`;
}

/** One transaction per person and order (and one for what came without an order), with both accounts in it. */
function plan(holdings: Holding[], survivors: Map<bigint, bigint>, now: Date): TransactionInput[] {
  const transactions = new Map<string, TransactionInput>();
  for (const { profile_id: from, account, order_id: orderId, points, entries } of holdings) {
    const into = survivors.get(from);
    if (into === undefined) continue;
    const key = orderId === null ? `merge:${from}:${into}:${entries}` : `order:${orderId}:${entries}`;
    const known = transactions.get(key);
    transactions.set(key, {
      kind: 'merge',
      key,
      ...(orderId !== null && { orderId }),
      occurredAt: now,
      postings: [
        ...(known?.postings ?? []),
        { profileId: from, account, points: -Number(points) },
        { profileId: into, account, points: Number(points) },
      ],
    });
  }
  return [...transactions.values()];
}
