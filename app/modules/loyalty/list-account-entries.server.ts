import type { Tx } from '~/platform/db/index.server';
import { describeEntry, type AccountEntry, type EntryOrder } from './describe-entry';
import { listLedger, type ListLedgerInput } from './list-ledger.server';
import type { LedgerEntry } from './types';

/** A page of somebody's history in plain terms, newest first. Two statements and one for the orders that took points back. */
export async function listAccountEntries(
  tx: Tx,
  input: ListLedgerInput,
): Promise<{ entries: AccountEntry[]; nextCursor: string | null }> {
  const { entries, nextCursor } = await listLedger(tx, input);
  const orders = await readOrders(tx, input, entries);
  return {
    entries: entries.map((entry) => describeEntry(entry, orders.get(entry.orderId ?? ''))),
    nextCursor,
  };
}

async function readOrders(
  tx: Tx,
  { shopId, profileId }: ListLedgerInput,
  entries: LedgerEntry[],
): Promise<Map<string, EntryOrder>> {
  const ids = entries.flatMap(({ kind, orderId }) =>
    kind === 'reverse' && orderId !== null ? [BigInt(orderId)] : [],
  );
  if (ids.length === 0) return new Map();
  const rows = await tx.$queryRaw<{ id: bigint; earned: bigint; cancelled: boolean }[]>`
    SELECT o.id, o.cancelled_at IS NOT NULL AS cancelled, coalesce((
        SELECT sum(p.points) FROM ledger_transactions t
        JOIN ledger_postings p ON p.shop_id = t.shop_id AND p.transaction_id = t.id
        JOIN ledger_accounts a ON a.shop_id = p.shop_id AND a.id = p.account_id AND a.profile_id = ${profileId}
        WHERE t.shop_id = ${shopId} AND t.order_id = o.id AND t.kind IN ('earn', 'merge') AND p.points > 0), 0)::bigint AS earned
    FROM orders o WHERE o.shop_id = ${shopId} AND o.id = ANY (${[...new Set(ids)]}::bigint[])`;
  return new Map(
    rows.map(({ id, earned, cancelled }) => [id.toString(), { earned: Number(earned), cancelled }]),
  );
}
