import { lockPeople } from '~/modules/customers/index.server';
import type { Tx } from '~/platform/db/index.server';
import { ensureAccounts } from '../ensure-accounts.server';
import { accountKey, type TransactionInput } from '../ledger-input';
import { postTransactions } from '../post-transactions.server';
import { listNextLines, type BatchStep, type NextLine } from './list-next-lines.server';
import { planBatchPostings } from './plan-batch-postings';
import { saveStep } from './save-step.server';

export interface AdvancePointBatchesInput {
  shopId: number;
  now: Date;
  limit?: number; // lines at most; 500 when not told
}

/** Points that were posted for somebody who is there, for the timeline. */
export interface BatchEntry {
  profileId: bigint;
  key: string; // of the entry
  points: number;
}

/**
 * Posts, or takes back, the next lines of the shop's oldest batch under way. What is posted and how far the batch has come
 * are one transaction, so it may run twice, at once, or be killed. Whoever was merged since gets the points as the person
 * they are now; who was erased gets none. Returns what was posted; `more` says whether something may be left.
 */
export async function advancePointBatches(
  tx: Tx,
  { shopId, now, limit = 500 }: AdvancePointBatchesInput,
): Promise<{ entries: BatchEntry[]; more: boolean }> {
  // Nobody is merged or erased until this is committed. Comes first, as it does when facts arrive.
  await lockPeople(tx, { shopId });
  const step = await lockBatch(tx, shopId);
  if (!step) return { entries: [], more: false };
  const next = await listNextLines(tx, { shopId, step, limit });
  const posted = await planUnderLock(tx, shopId, next);
  const transactions = next.flatMap(
    (line) => toTransaction(step, line, posted.get(line.line) ?? 0, now) ?? [],
  );
  await postTransactions(tx, { shopId, transactions, now });
  await saveStep(tx, { shopId, step, lines: next, posted, through: next.length < limit, now });
  const entries = next.flatMap(({ line, profileId, erased }) => {
    const points = posted.get(line) ?? 0;
    return profileId === null || erased || points === 0
      ? []
      : [{ profileId, key: keyOf(step, line), points }];
  });
  return { entries, more: true };
}

/** The batch that was begun first. Its row is what two runs, or a run and somebody who undoes, wait for. */
async function lockBatch(tx: Tx, shopId: number): Promise<BatchStep | null> {
  const [row] = await tx.$queryRaw<(Omit<BatchStep, 'undoing'> & { status: string })[]>`
    SELECT id, status, reason, staff, undone_by AS "undoneBy", posted_to AS "postedTo", undone_to AS "undoneTo"
    FROM point_batches WHERE shop_id = ${shopId} AND status IN ('posting', 'undoing')
    ORDER BY id LIMIT 1 FOR UPDATE`;
  return row ? { ...row, undoing: row.status === 'undoing' } : null;
}

/** What may be posted for each line, by the balances under the lock of their accounts. */
async function planUnderLock(tx: Tx, shopId: number, lines: NextLine[]): Promise<Map<number, number>> {
  const wanted = lines.flatMap(({ line, profileId, points }) =>
    profileId === null || points === 0 ? [] : [{ line, profileId, points, account: 'points' as const }],
  );
  if (wanted.length === 0) return new Map();
  const { accounts } = await ensureAccounts(tx, { shopId, wanted });
  const balances = new Map(
    wanted.map((account) => [account.profileId, Number(accounts.get(accountKey(account))?.balance ?? 0n)]),
  );
  return planBatchPostings(wanted, balances);
}

function toTransaction(step: BatchStep, line: NextLine, points: number, now: Date): TransactionInput | null {
  if (line.profileId === null || points === 0) return null;
  const by = step.undoing ? step.undoneBy : step.staff;
  return {
    kind: 'adjust',
    key: keyOf(step, line.line),
    reason: step.undoing ? `Undone: ${step.reason}` : (line.reason ?? step.reason),
    ...(by !== null && { staff: by }),
    ...(line.postedById !== null && { reversesId: line.postedById }),
    occurredAt: now,
    postings: [{ profileId: line.profileId, account: 'points', points }],
  };
}

function keyOf(step: BatchStep, line: number): string {
  return `batch:${step.id}:${line}${step.undoing ? ':undo' : ''}`;
}
