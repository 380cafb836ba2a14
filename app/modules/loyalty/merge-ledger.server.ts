import type { Tx } from '~/platform/db/index.server';
import type { LedgerMerge } from './types';

/** Moves everything the merged profiles hold to the profiles they were merged into. */
export async function mergeLedger(
  tx: Tx,
  input: { shopId: number; merges: LedgerMerge[]; now: Date },
): Promise<void> {
  throw new Error(`not written yet: ${tx.constructor.name} ${input.shopId}`);
}
