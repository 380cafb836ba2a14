import type { Tx } from '~/platform/db/index.server';
import { decimal, type Amount } from '~/platform/money';
import type { Posting, TransactionInput } from '../ledger-input';
import { lockAccounts } from '../lock-accounts.server';
import { planOrderPostings } from '../plan-order-postings';
import { postTransactions } from '../post-transactions.server';
import { restoreExpired } from '../restore-expired.server';
import { computeEarnings, type EarnedFor, type Earning } from './compute-earnings';
import type { EarnAction } from './earn-action';
import { readEarnActions } from './read-earn-actions.server';

interface EventRow {
  id: bigint;
  profile_id: bigint;
  code: string;
  key: string;
  occurred_at: Date;
  local_day: string;
  amount: Amount | null;
  held: bigint;
  given: bigint;
  moves: number;
}

interface Planned {
  row: EventRow;
  target: Posting | null;
  dueAt: Date | null;
  transactions: TransactionInput[];
}

const dayMs = 24 * 60 * 60 * 1_000;

/**
 * Posts what these people's happenings should have given by now minus what was posted for them before, pending or
 * spendable. Under the lock of their accounts, which is what makes the numbers of the entries unique. Set-wise, idempotent.
 * Returns whose balance changed.
 */
export async function settleEarnings(
  tx: Tx,
  { shopId, profileIds, now }: { shopId: number; profileIds: bigint[]; now: Date },
): Promise<{ profileIds: bigint[] }> {
  const actions = await readEarnActions(tx, { shopId });
  if (actions.size === 0 || profileIds.length === 0) return { profileIds: [] };
  await lockAccounts(tx, { shopId, profileIds });
  const groups = await readEvents(tx, shopId, profileIds);
  const planned = groups.flatMap((rows) => plan(rows, actions.get(rows[0]?.code ?? '') ?? [], now));
  const changed = planned.filter(({ transactions }) => transactions.length > 0);
  const transactions = changed.flatMap((one) => one.transactions);
  await postTransactions(tx, { shopId, transactions, now });
  const taken = transactions.filter(({ kind }) => kind === 'reverse');
  await restoreExpired(tx, { shopId, taken, now });
  await save(tx, shopId, changed);
  return { profileIds: [...new Set(changed.map(({ row }) => row.profile_id))] };
}

/** What they did, by person and code. */
async function readEvents(tx: Tx, shopId: number, profileIds: bigint[]): Promise<EventRow[][]> {
  const rows = await tx.$queryRaw<EventRow[]>`
    SELECT e.id, e.profile_id, e.code, e.key, e.occurred_at, e.amount, e.held, e.given, e.moves,
      to_char(e.occurred_at AT TIME ZONE s.time_zone, 'YYYY-MM-DD') AS local_day
    FROM earn_events e JOIN shops s ON s.id = e.shop_id
    WHERE e.shop_id = ${shopId} AND e.profile_id = ANY (${profileIds}::bigint[])
    ORDER BY e.profile_id, e.code, e.id`;
  const groups = new Map<string, EventRow[]>();
  for (const row of rows) {
    const group = `${row.profile_id}:${row.code}`;
    const known = groups.get(group);
    if (known) known.push(row);
    else groups.set(group, [row]);
  }
  return [...groups.values()];
}

function plan(rows: EventRow[], versions: EarnAction[], now: Date): Planned[] {
  const earnings = computeEarnings(rows.map(toEarnedFor), versions);
  return rows.map((row) => planOne(row, earnings.get(row.id) ?? { points: 0, action: null }, now));
}

function planOne(row: EventRow, { points, action }: Earning, now: Date): Planned {
  const { profile_id: profileId, occurred_at: occurredAt } = row;
  const dueAt = new Date(occurredAt.getTime() + (action?.pendingDays ?? 0) * dayMs);
  const isDue = dueAt <= now || row.given > 0n;
  const target: Posting | null =
    points === 0 ? null : { profileId, account: isDue ? 'points' : 'pending', points };
  const planned = planOrderPostings(positionsOf(row), target);
  const transactions = planned.map(({ kind, postings }, index) => ({
    kind,
    postings,
    key: `action:${row.id}:${row.moves + index}`,
    occurredAt: kind === 'earn' ? notAfter(occurredAt, now) : kind === 'release' ? notAfter(dueAt, now) : now,
    ...(action && { reason: action.title, ruleVersion: action.version }),
  }));
  return { row, target, dueAt: target?.account === 'pending' ? dueAt : null, transactions };
}

function positionsOf({ profile_id: profileId, held, given }: EventRow): Posting[] {
  return [
    { profileId, account: 'pending' as const, points: Number(held) },
    { profileId, account: 'points' as const, points: Number(given) },
  ].filter(({ points }) => points !== 0);
}

async function save(tx: Tx, shopId: number, changed: Planned[]): Promise<void> {
  if (changed.length === 0) return;
  const rows = changed.map(({ row, target, dueAt, transactions }) => ({
    id: row.id.toString(),
    held: target?.account === 'pending' ? target.points : 0,
    given: target?.account === 'points' ? target.points : 0,
    moves: row.moves + transactions.length,
    due_at: dueAt,
  }));
  await tx.$executeRaw`
    UPDATE earn_events e SET held = r.held, given = r.given, moves = r.moves, due_at = r.due_at
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(id bigint, held bigint, given bigint, moves int, due_at timestamptz)
    WHERE e.shop_id = ${shopId} AND e.id = r.id AND e.id = ANY (${changed.map(({ row }) => row.id)}::bigint[])`;
}

function toEarnedFor(row: EventRow): EarnedFor {
  const { id, key, occurred_at: occurredAt, local_day: localDay, amount } = row;
  return { id, key, occurredAt, localDay, amount: amount === null ? null : decimal(amount) };
}

function notAfter(moment: Date, now: Date): Date {
  return moment < now ? moment : now;
}
