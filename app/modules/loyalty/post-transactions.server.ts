import type { Tx } from '~/platform/db/index.server';
import { contentHash } from '~/platform/crypto.server';
import { AppError } from '~/platform/errors';
import { ensureAccounts } from './ensure-accounts.server';
import { accountKey, canonicalInput, foldPostings, type TransactionInput } from './ledger-input';

export interface PostTransactionsInput {
  shopId: number;
  transactions: TransactionInput[];
  now: Date;
  /** For callers whose keys number a state: a key somebody else used is theirs to look at again, not an error. */
  skipOtherInput?: boolean;
}

interface Entry {
  transaction: TransactionInput;
  hash: string;
}

/**
 * Posts transactions to the ledger, any number in the same few statements, and moves the balances with them. The
 * counter-posting to the shop's account is added here, so a transaction sums to 0 whatever is passed.
 *
 * Idempotent by key: a key that was posted with the same input is skipped; with another input it throws `conflict` and
 * nothing is posted. Throws `invalid` for points that are not whole. Returns the keys that were posted now.
 */
export async function postTransactions(
  tx: Tx,
  input: PostTransactionsInput,
): Promise<{ posted: Set<string> }> {
  const entries = uniqueEntries(input.transactions);
  if (entries.length === 0) return { posted: new Set() };
  const wanted = entries.flatMap(({ transaction }) => transaction.postings);
  const { accounts, issuedId } = await ensureAccounts(tx, { shopId: input.shopId, wanted });
  const lines = entries.flatMap(({ transaction }) => {
    const own = transaction.postings.map((posting) => ({
      key: transaction.key,
      account_id: String(accounts.get(accountKey(posting))?.id),
      points: posting.points,
    }));
    const issued = -own.reduce((total, line) => total + line.points, 0);
    return issued === 0
      ? own
      : [...own, { key: transaction.key, account_id: String(issuedId), points: issued }];
  });
  const posted = await insert(tx, input, entries, lines);
  if (posted.size < entries.length && !input.skipOtherInput) {
    await refuseOtherInput(
      tx,
      input.shopId,
      entries.filter(({ transaction }) => !posted.has(transaction.key)),
    );
  }
  return { posted };
}

function uniqueEntries(transactions: TransactionInput[]): Entry[] {
  const byKey = new Map<string, Entry>();
  for (const given of transactions) {
    const transaction = { ...given, postings: foldPostings(given.postings) };
    const entry = { transaction, hash: contentHash(canonicalInput(transaction)) };
    const known = byKey.get(transaction.key);
    if (known && known.hash !== entry.hash) throw otherInput([transaction.key]);
    byKey.set(transaction.key, entry);
  }
  return [...byKey.values()];
}

/** One statement: entries, their lines and the balances. What the keys already in the ledger ask for is left out of all three. */
async function insert(
  tx: Tx,
  { shopId, now }: { shopId: number; now: Date },
  entries: Entry[],
  lines: { key: string; account_id: string; points: number }[],
): Promise<Set<string>> {
  const rows = await tx.$queryRaw<{ idempotency_key: string }[]>`
    WITH entry AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(entries.map(toRow))}::jsonb) AS t(
        n int, kind text, key text, hash text, order_id bigint, refund_id bigint, rule_version int, reverses_id bigint,
        reason text, staff text, occurred_at timestamptz)),
    line AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) AS t(key text, account_id bigint, points bigint)),
    fresh AS (
      INSERT INTO ledger_transactions (shop_id, kind, idempotency_key, input_hash, order_id, refund_id, rule_version,
        reverses_id, reason, staff, occurred_at, created_at)
      SELECT ${shopId}::int, kind, key, hash, order_id, refund_id, rule_version, reverses_id, reason, staff, occurred_at, ${now}::timestamptz
      FROM entry ORDER BY n
      ON CONFLICT (shop_id, idempotency_key) DO NOTHING
      RETURNING id, idempotency_key),
    added AS (
      INSERT INTO ledger_postings (shop_id, transaction_id, account_id, points)
      SELECT ${shopId}::int, fresh.id, line.account_id, line.points FROM line JOIN fresh ON fresh.idempotency_key = line.key
      RETURNING account_id, points),
    moved AS (
      UPDATE ledger_accounts a SET balance = a.balance + m.points
      FROM (SELECT account_id, sum(points)::bigint AS points FROM added GROUP BY account_id) m
      WHERE a.shop_id = ${shopId} AND a.id = m.account_id AND a.kind <> 'issued')
    SELECT idempotency_key FROM fresh`;
  return new Set(rows.map((row) => row.idempotency_key));
}

function toRow({ transaction, hash }: Entry, n: number): Record<string, unknown> {
  const { kind, key, occurredAt, ruleVersion, reason, staff } = transaction;
  return {
    n,
    kind,
    key,
    hash,
    order_id: transaction.orderId?.toString(),
    refund_id: transaction.refundId?.toString(),
    rule_version: ruleVersion,
    reverses_id: transaction.reversesId?.toString(),
    reason,
    staff,
    occurred_at: occurredAt,
  };
}

async function refuseOtherInput(tx: Tx, shopId: number, skipped: Entry[]): Promise<void> {
  const keys = skipped.map(({ transaction }) => transaction.key);
  const rows = await tx.$queryRaw<{ idempotency_key: string; input_hash: string }[]>`
    SELECT idempotency_key, input_hash FROM ledger_transactions
    WHERE shop_id = ${shopId} AND idempotency_key = ANY (${keys}::text[])`;
  const known = new Map(rows.map((row) => [row.idempotency_key, row.input_hash]));
  const other = skipped.filter(({ transaction, hash }) => known.get(transaction.key) !== hash);
  if (other.length > 0) throw otherInput(other.map(({ transaction }) => transaction.key));
}

function otherInput(keys: string[]): AppError {
  return new AppError('conflict', {
    message: `ledger: keys were used before for something else: ${keys.slice(0, 5).join(', ')}`,
    userMessage: 'This change was already made, with other values. Reload the page to see it.',
  });
}
