import type { Tx } from '~/platform/db/index.server';
import { noticeDays, planExpiry } from './expiry';
import { getExpiryRule } from './get-expiry-rule.server';
import type { TransactionInput } from './ledger-input';
import { listExpiryCandidates } from './list-expiry-candidates.server';
import { isoDay, localDays } from './local-days.server';
import { lockAccounts } from './lock-accounts.server';
import { postTransactions } from './post-transactions.server';
import { readLifeEntries } from './read-life-entries.server';

export interface ExpirePointsInput {
  shopId: number;
  now: Date;
  after?: bigint; // account to go on after; the first when not told
  limit?: number; // accounts to look at; 2,000 when not told
}

export interface Expired {
  profileId: bigint;
  points: number; // above 0
  key: string; // unique per person and due day
}

/**
 * Takes the points that are due by the rule in force at `now` from one batch of people: only spendable points, never
 * within the notice after a change of the rule, never while the person is active (by inactivity). Set-wise.
 *
 * Idempotent, and safe to run concurrently or to be killed: what is due is computed from the entries under the lock of the
 * accounts, so what was taken is not due any more. Returns what expired, and where to go on; null at the end.
 */
export async function expirePoints(
  tx: Tx,
  { shopId, now, after = 0n, limit = 2_000 }: ExpirePointsInput,
): Promise<{ expired: Expired[]; next: bigint | null }> {
  const rule = await getExpiryRule(tx, { shopId, at: now });
  if (rule.mode === 'never') return { expired: [], next: null };
  const [today = 0, startDay = 0] = await localDays(tx, shopId, [now, rule.effectiveFrom]);
  if (today < startDay + noticeDays) return { expired: [], next: null };
  const { profileIds, next } = await listExpiryCandidates(tx, {
    shopId,
    mode: rule.mode,
    aliveFrom: today - rule.days,
    after,
    limit,
  });
  if (profileIds.length === 0) return { expired: [], next };

  await lockAccounts(tx, { shopId, profileIds });
  const entries = await readLifeEntries(tx, { shopId, profileIds });
  const transactions = [...entries].flatMap(([profileId, its]): TransactionInput[] => {
    const { points, dueDay } = planExpiry(its, { ...rule, startDay }, today);
    if (points === 0) return [];
    // What is due on a day can be more than before (people were merged), so the state that was seen is part of the key.
    const key = `expire:${profileId}:${isoDay(dueDay)}:${its.at(-1)?.transactionId}`;
    const postings = [{ profileId, account: 'points' as const, points: -points }];
    return [{ kind: 'expire', key, ruleVersion: rule.version, occurredAt: now, postings }];
  });
  const { posted } = await postTransactions(tx, { shopId, transactions, now });
  const expired = transactions
    .filter(({ key }) => posted.has(key))
    .flatMap(({ key, postings }) =>
      postings.map(({ profileId, points }) => ({ profileId, key, points: -points })),
    );
  return { expired, next };
}
