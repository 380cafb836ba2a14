import { contentHash } from '~/platform/crypto.server';
import type { Tx } from '~/platform/db/index.server';
import { AppError } from '~/platform/errors';
import { sum } from '~/platform/money';
import { canonicalEntry, type Entry } from './ledger-entry';

export interface PostEntriesInput {
  shopId: number;
  entries: Entry[];
  now: Date;
}

/**
 * Posts to the money ledger, any number of entries in the same few statements, and moves the balances with them; the only
 * writer of entries. The database refuses what does not sum to 0 or mixes currencies, and a balance set aside below 0.
 *
 * Idempotent by key: a key that was posted with the same input is skipped; with another input it throws `conflict`, and the
 * caller's transaction must not commit. The caller holds the lock of the shop's affiliates (`lockAffiliates`).
 */
export async function postEntries(tx: Tx, { shopId, entries, now }: PostEntriesInput): Promise<void> {
  if (entries.length === 0) return;
  const rows = entries.map((entry, n) => toRow(entry, n));
  const lines = entries.flatMap((entry) => toLines(entry));
  await ensureAccounts(tx, shopId, lines);
  const posted = await insert(tx, shopId, { rows, lines, now });
  if (posted < rows.length) await refuseOtherInput(tx, shopId, rows);
}

type Line = ReturnType<typeof toLines>[number];
type Row = ReturnType<typeof toRow>;

async function ensureAccounts(tx: Tx, shopId: number, lines: Line[]): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO affiliate_accounts (shop_id, kind, currency, affiliate_id, balance)
    SELECT DISTINCT ${shopId}::int, kind, currency, affiliate_id, CASE WHEN affiliate_id IS NULL THEN NULL ELSE 0 END::numeric
    FROM jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) AS t(kind text, currency text, affiliate_id bigint)
    ON CONFLICT (shop_id, kind, currency, COALESCE(affiliate_id, 0)) DO NOTHING`;
}

async function insert(
  tx: Tx,
  shopId: number,
  { rows, lines, now }: { rows: Row[]; lines: Line[]; now: Date },
): Promise<number> {
  const [result] = await tx.$queryRaw<{ posted: number }[]>`
    WITH line AS (
      SELECT t.key, t.currency, t.amount, a.id AS account_id
      FROM jsonb_to_recordset(${JSON.stringify(lines)}::jsonb)
        AS t(key text, kind text, currency text, affiliate_id bigint, amount numeric)
      JOIN affiliate_accounts a ON a.shop_id = ${shopId} AND a.kind = t.kind AND a.currency = t.currency
        AND COALESCE(a.affiliate_id, 0) = COALESCE(t.affiliate_id, 0)),
    fresh AS (
      INSERT INTO affiliate_transactions (shop_id, kind, currency, affiliate_id, moved, idempotency_key, input_hash, order_id,
        batch_id, rule_version, staff, occurred_at, created_at)
      SELECT ${shopId}::int, kind, currency, affiliate_id, moved, key, hash, order_id, batch_id, rule_version, staff, occurred_at,
        ${now}::timestamptz
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS t(n int, kind text, currency text, affiliate_id bigint,
        moved numeric, key text, hash text, order_id bigint, batch_id bigint, rule_version int, staff text, occurred_at timestamptz)
      ORDER BY n
      ON CONFLICT (shop_id, idempotency_key) DO NOTHING
      RETURNING id, idempotency_key),
    added AS (
      INSERT INTO affiliate_postings (shop_id, transaction_id, account_id, currency, amount)
      SELECT ${shopId}::int, fresh.id, line.account_id, line.currency, line.amount
      FROM line JOIN fresh ON fresh.idempotency_key = line.key
      RETURNING account_id, amount),
    moved AS (
      UPDATE affiliate_accounts a SET balance = a.balance + m.amount
      FROM (SELECT account_id, sum(amount) AS amount FROM added GROUP BY account_id) m
      WHERE a.shop_id = ${shopId} AND a.id = ANY (ARRAY (SELECT account_id FROM line)) AND a.id = m.account_id
        AND a.balance IS NOT NULL)
    SELECT count(*)::int AS posted FROM fresh`;
  return result?.posted ?? 0;
}

function toRow(entry: Entry, n: number) {
  const own = entry.postings.filter(({ affiliateId }) => affiliateId !== null);
  return {
    n,
    kind: entry.kind,
    currency: entry.currency,
    affiliate_id: own[0]?.affiliateId?.toString(),
    moved: sum(own.map(({ amount }) => amount)).toString(),
    key: entry.key,
    hash: contentHash(canonicalEntry(entry)),
    order_id: entry.orderId?.toString(),
    batch_id: entry.batchId?.toString(),
    rule_version: entry.ruleVersion,
    staff: entry.staff,
    occurred_at: entry.occurredAt,
  };
}

function toLines({ key, currency, postings }: Entry) {
  return postings
    .filter(({ amount }) => !amount.isZero())
    .map(({ account, affiliateId, amount }) => ({
      key,
      kind: account,
      currency,
      affiliate_id: affiliateId?.toString() ?? null,
      amount: amount.toString(),
    }));
}

async function refuseOtherInput(tx: Tx, shopId: number, rows: Row[]): Promise<void> {
  const known = await tx.affiliateTransaction.findMany({
    where: { shopId, idempotencyKey: { in: rows.map(({ key }) => key) } },
    select: { idempotencyKey: true, inputHash: true },
  });
  const hashes = new Map(known.map((one) => [one.idempotencyKey, one.inputHash]));
  const other = rows.filter(({ key, hash }) => hashes.get(key) !== hash);
  if (other.length === 0) return;
  throw new AppError('conflict', {
    message: `affiliates: keys were used before for something else: ${other.map(({ key }) => key).join(', ')}`,
    userMessage: 'This change was already made, with other values. Reload the page to see it.',
  });
}
