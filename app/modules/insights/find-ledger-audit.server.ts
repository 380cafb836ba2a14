import type { Tx } from '~/platform/db/index.server';
import { iso } from './iso';
import type { LedgerAudit } from './types';

/** What the last nightly comparison of balances and postings found; null before the first. */
export async function findLedgerAudit(tx: Tx, input: { shopId: number }): Promise<LedgerAudit | null> {
  const [row] = await tx.$queryRaw<
    { checked_at: Date; accounts: number; drifted: number; unbalanced: bigint }[]
  >`
    SELECT checked_at, accounts, drifted, unbalanced FROM ledger_audits WHERE shop_id = ${input.shopId}`;
  if (!row) return null;
  return {
    checkedAt: iso(row.checked_at),
    accounts: row.accounts,
    drifted: row.drifted,
    balanced: row.unbalanced === 0n,
  };
}
