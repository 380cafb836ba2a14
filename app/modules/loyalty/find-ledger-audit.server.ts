import type { Tx } from '~/platform/db/index.server';
import type { LedgerAudit } from './types';

/** What the last nightly comparison of balances and postings found; null when there was none yet. */
export async function findLedgerAudit(tx: Tx, { shopId }: { shopId: number }): Promise<LedgerAudit | null> {
  return tx.ledgerAudit.findUnique({
    where: { shopId },
    select: { checkedAt: true, accounts: true, drifted: true, unbalanced: true },
  });
}
