import type { Tx } from '~/platform/db/index.server';
import { eventOfKey } from './earning/event-of-key';
import { foldLots } from './expiry';
import type { TransactionInput } from './ledger-input';
import { postTransactions } from './post-transactions.server';
import { readLifeEntries } from './read-life-entries.server';

export interface RestoreExpiredInput {
  shopId: number;
  taken: TransactionInput[]; // of orders, tiers or happenings, posted in this transaction
  now: Date;
}

/**
 * Gives back what a refund (or a tier that was not reached after all, what a cap does not allow, or an order that went to
 * somebody else) took of points that had expired before: they were gone already. One entry per entry that took too much. To be called in the transaction that took. Idempotent.
 */
export async function restoreExpired(tx: Tx, { shopId, taken, now }: RestoreExpiredInput): Promise<void> {
  const profileIds = taken.flatMap(({ postings }) =>
    postings
      .filter(({ account, points }) => account === 'points' && points < 0)
      .map(({ profileId }) => profileId),
  );
  const concerned = await listWithExpired(tx, shopId, [...new Set(profileIds)]);
  if (concerned.length === 0) return;
  const origins = new Set(taken.map((one) => originOf({ ...one, eventId: eventOfKey(one.key) })));
  const entries = await readLifeEntries(tx, { shopId, profileIds: concerned });
  const transactions = [...entries].flatMap(([profileId, its]): TransactionInput[] => {
    const { takenTwice } = foldLots(its);
    const lately = its.filter((entry) => origins.has(originOf(entry)));
    return lately.flatMap(({ transactionId }): TransactionInput[] => {
      const points = takenTwice.get(transactionId);
      if (points === undefined) return [];
      const postings = [{ profileId, account: 'points' as const, points }];
      const key = `expire:back:${transactionId}:${profileId}`;
      return [{ kind: 'expire', key, reversesId: transactionId, occurredAt: now, postings }];
    });
  });
  await postTransactions(tx, { shopId, transactions, now });
}

interface Origin {
  orderId?: bigint | null;
  tierId?: number | null;
  eventId: string | null;
}

function originOf({ orderId, tierId, eventId }: Origin): string {
  return `${orderId ?? ''}:${tierId ?? ''}:${eventId ?? ''}`;
}

/** Who of them ever had points expire: few, so that a refund costs hardly more than before. */
async function listWithExpired(tx: Tx, shopId: number, profileIds: bigint[]): Promise<bigint[]> {
  if (profileIds.length === 0) return [];
  if ((await tx.expiryRule.findFirst({ where: { shopId }, select: { version: true } })) === null) return [];
  const rows = await tx.$queryRaw<{ profile_id: bigint }[]>`
    SELECT a.profile_id FROM ledger_accounts a
    WHERE a.shop_id = ${shopId} AND a.profile_id = ANY (${profileIds}::bigint[]) AND a.kind = 'points' AND EXISTS (
      SELECT 1 FROM ledger_postings p JOIN ledger_transactions t ON t.shop_id = p.shop_id AND t.id = p.transaction_id
      WHERE p.shop_id = a.shop_id AND p.account_id = a.id AND t.kind = 'expire' AND p.points < 0)`;
  return rows.map((row) => row.profile_id);
}
