import type { Tx } from '~/platform/db/index.server';
import { eventKeyPattern } from './earning/event-of-key';
import { finalSurvivors } from './final-survivors';
import { accountKey, type AccountKind, type TransactionInput } from './ledger-input';
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
  expired: boolean; // what expired moves apart, so that a later refund still knows it
  tier_id: number | null;
  event_id: string | null; // of what was earned without an order
  points: bigint;
  entries: bigint; // transactions of the order so far, or lines of the person apart from orders (of one tier or event, or of none)
}

/**
 * Moves everything the merged profiles hold to the profiles they were merged into, order by order and happening by happening, so
 * that what takes points back later finds them where they are now. Idempotent: what was moved is not there to be moved again.
 */
export async function mergeLedger(tx: Tx, { shopId, merges, now }: MergeLedgerInput): Promise<void> {
  const survivors = finalSurvivors(merges);
  if (survivors.size === 0) return;
  const holdings = await lockHoldings(tx, shopId, survivors);
  const transactions = plan(holdings, survivors, now);
  await postTransactions(tx, { shopId, transactions, now });
}

/** What they hold, under the lock of all its accounts: one that came into being since the lock was taken asks for another. */
async function lockHoldings(tx: Tx, shopId: number, survivors: Map<bigint, bigint>): Promise<Holding[]> {
  const profileIds = [...new Set([...survivors.keys(), ...survivors.values()])];
  for (;;) {
    const { accounts } = await lockAccounts(tx, { shopId, profileIds });
    const holdings = await readHoldings(tx, shopId, [...survivors.keys()]);
    const isLocked = ({ profile_id: profileId, account }: Holding): boolean =>
      accounts.has(accountKey({ profileId, account }));
    if (holdings.every(isLocked)) return holdings;
  }
}

async function readHoldings(tx: Tx, shopId: number, profileIds: bigint[]): Promise<Holding[]> {
  return tx.$queryRaw<Holding[]>`
    WITH held AS (
      SELECT a.profile_id, a.kind AS account, t.order_id, t.tier_id, v.event_id, t.kind = 'expire' AS expired, sum(p.points)::bigint AS points,
        (sum(count(*)) OVER (PARTITION BY a.profile_id, t.order_id, t.tier_id, v.event_id, t.kind = 'expire'))::bigint AS entries
      FROM ledger_accounts a
      JOIN ledger_postings p ON p.shop_id = a.shop_id AND p.account_id = a.id
      JOIN ledger_transactions t ON t.shop_id = p.shop_id AND t.id = p.transaction_id
      CROSS JOIN LATERAL (SELECT substring(t.idempotency_key FROM ${eventKeyPattern}) AS event_id) v
      WHERE a.shop_id = ${shopId} AND a.profile_id = ANY (${profileIds}::bigint[])
      GROUP BY a.profile_id, a.kind, t.order_id, t.tier_id, v.event_id, t.kind = 'expire')
    SELECT profile_id, account, order_id, tier_id, event_id, expired, points,
      CASE WHEN order_id IS NULL THEN entries
        ELSE (SELECT count(*) FROM ledger_transactions t WHERE t.shop_id = ${shopId} AND t.order_id = held.order_id) END AS entries
    FROM held WHERE points <> 0 ORDER BY expired, profile_id, order_id NULLS FIRST, tier_id NULLS FIRST, event_id NULLS FIRST, account`;
}

/**
 * One transaction per person and order (and one for what came without an order, per tier or happening it was given for, one
 * for what expired), with both accounts in it.
 */
function plan(holdings: Holding[], survivors: Map<bigint, bigint>, now: Date): TransactionInput[] {
  const transactions = new Map<string, TransactionInput>();
  for (const holding of holdings) {
    const { profile_id: from, account, order_id: orderId, tier_id: tierId, expired, points } = holding;
    const into = survivors.get(from);
    if (into === undefined) continue;
    const key = keyOf(holding, into);
    const known = transactions.get(key);
    transactions.set(key, {
      kind: expired ? 'expire' : 'merge',
      key,
      ...(orderId !== null && { orderId }),
      ...(tierId !== null && { tierId }),
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

function keyOf(holding: Holding, into: bigint): string {
  const {
    profile_id: from,
    order_id: orderId,
    tier_id: tierId,
    event_id: eventId,
    expired,
    entries,
  } = holding;
  if (orderId !== null) return `order:${orderId}:${entries}`;
  const what = expired ? 'merge-expired' : 'merge';
  const origin = tierId !== null ? `tier${tierId}:` : eventId !== null ? `event${eventId}:` : '';
  return `${what}:${from}:${into}:${origin}${entries}`;
}
