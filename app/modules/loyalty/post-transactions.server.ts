import { Prisma, type Tx } from '~/platform/db/index.server';
import { contentHash } from '~/platform/crypto.server';
import { AppError } from '~/platform/errors';
import { ensureAccounts } from './ensure-accounts.server';
import { canonicalInput, foldPostings, type AccountKind, type TransactionInput } from './ledger-input';

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

interface Line {
  key: string;
  profile_id: string | null;
  kind: AccountKind | 'issued';
  points: number;
}

/**
 * Posts transactions to the ledger, any number in the same few statements, and moves the balances with them. The
 * counter-posting to the shop's account is added here, so a transaction sums to 0 whatever is passed.
 *
 * Idempotent by key: a key that was posted with the same input is skipped; with another input it throws `conflict`, and the
 * caller's transaction must not commit. Throws `invalid` for points that are not whole. Returns the keys posted now.
 */
export async function postTransactions(
  tx: Tx,
  input: PostTransactionsInput,
): Promise<{ posted: Set<string> }> {
  const entries = uniqueEntries(input.transactions);
  if (entries.length === 0) return { posted: new Set() };
  const posted = (await insert(tx, input, entries)) ?? (await createAccountsAndInsert(tx, input, entries));
  if (posted.size < entries.length && !input.skipOtherInput) {
    const skipped = entries.filter(({ transaction }) => !posted.has(transaction.key));
    await refuseOtherInput(tx, input.shopId, skipped);
  }
  return { posted };
}

async function createAccountsAndInsert(
  tx: Tx,
  input: PostTransactionsInput,
  entries: Entry[],
): Promise<Set<string>> {
  const wanted = entries.flatMap(({ transaction }) => transaction.postings);
  await ensureAccounts(tx, { shopId: input.shopId, wanted });
  const posted = await insert(tx, input, entries);
  if (!posted) throw new Error(`accounts of shop ${input.shopId} are missing`);
  return posted;
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

/**
 * One statement: locks the accounts in the order of their ids, then writes entries, their lines and the balances. What the
 * keys already in the ledger ask for is left out of all three. Returns the keys that were posted; null, with nothing
 * written, when an account does not exist yet.
 */
async function insert(
  tx: Tx,
  { shopId, now }: { shopId: number; now: Date },
  entries: Entry[],
): Promise<Set<string> | null> {
  const lines = entries.flatMap(({ transaction }) => toLines(transaction));
  const profileIds = [...new Set(lines.flatMap((line) => line.profile_id ?? []))];
  const [result] = await tx.$queryRaw<{ ready: boolean; posted: string[] }[]>`
    WITH entry AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(entries.map(toRow))}::jsonb) AS t(
        n int, kind text, key text, hash text, order_id bigint, refund_id bigint, tier_id int, rule_version int, reverses_id bigint,
        reason text, staff text, occurred_at timestamptz)),
    line AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) AS t(key text, profile_id bigint, kind text, points bigint)),
    locked AS MATERIALIZED (
      SELECT id, kind, profile_id FROM ledger_accounts
      WHERE shop_id = ${shopId} AND ${isOneOf(profileIds)}
      ORDER BY id FOR NO KEY UPDATE),
    resolved AS MATERIALIZED (
      SELECT line.key, line.points, CASE WHEN line.kind <> 'issued' THEN locked.id ELSE (
        SELECT id FROM ledger_accounts
        WHERE shop_id = ${shopId} AND kind = 'issued' AND COALESCE(profile_id, 0) = 0) END AS account_id
      FROM line LEFT JOIN locked ON locked.profile_id = line.profile_id AND locked.kind = line.kind),
    ready AS (SELECT NOT EXISTS (SELECT 1 FROM resolved WHERE account_id IS NULL) AS yes),
    fresh AS (
      INSERT INTO ledger_transactions (shop_id, kind, idempotency_key, input_hash, order_id, refund_id, tier_id, rule_version,
        reverses_id, reason, staff, occurred_at, created_at)
      SELECT ${shopId}::int, kind, key, hash, order_id, refund_id, tier_id, rule_version, reverses_id, reason, staff, occurred_at, ${now}::timestamptz
      FROM entry WHERE (SELECT yes FROM ready) ORDER BY n
      ON CONFLICT (shop_id, idempotency_key) DO NOTHING
      RETURNING id, idempotency_key),
    added AS (
      INSERT INTO ledger_postings (shop_id, transaction_id, account_id, points)
      SELECT ${shopId}::int, fresh.id, resolved.account_id, resolved.points
      FROM resolved JOIN fresh ON fresh.idempotency_key = resolved.key
      RETURNING account_id, points),
    changed AS (
      INSERT INTO standing_changes (shop_id, profile_id, transaction_id, changed_at)
      SELECT DISTINCT ${shopId}::int, line.profile_id, fresh.id, ${now}::timestamptz
      FROM fresh JOIN line ON line.key = fresh.idempotency_key WHERE line.profile_id IS NOT NULL),
    moved AS (
      UPDATE ledger_accounts a SET balance = a.balance + m.points
      FROM locked JOIN (SELECT account_id, sum(points)::bigint AS points FROM added GROUP BY account_id) m ON m.account_id = locked.id
      WHERE a.shop_id = ${shopId} AND a.id = locked.id)
    SELECT (SELECT yes FROM ready) AS ready, ARRAY (SELECT idempotency_key FROM fresh) AS posted`;
  return result?.ready ? new Set(result.posted) : null;
}

/**
 * One person is asked for as such: of a list whose length it does not know, PostgreSQL expects ten, and in a small database
 * reads all accounts of the shop rather than look ten of them up.
 */
function isOneOf(profileIds: string[]): Prisma.Sql {
  const [only, ...others] = profileIds;
  return only !== undefined && others.length === 0
    ? Prisma.sql`profile_id = ${only}::bigint`
    : Prisma.sql`profile_id = ANY (${profileIds}::bigint[])`;
}

/** The lines of a transaction, with the counter-posting that makes them sum to 0. */
function toLines({ key, postings }: TransactionInput): Line[] {
  const own = postings.map(({ profileId, account, points }) => ({
    key,
    profile_id: profileId.toString(),
    kind: account,
    points,
  }));
  const issued = -own.reduce((total, line) => total + line.points, 0);
  return issued === 0 ? own : [...own, { key, profile_id: null, kind: 'issued', points: issued }];
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
    tier_id: transaction.tierId,
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
