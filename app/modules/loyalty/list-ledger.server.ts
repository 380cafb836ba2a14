import type { Tx } from '~/platform/db/index.server';
import type { LedgerPage } from './types';

export interface ListLedgerInput {
  shopId: number;
  profileId: bigint;
  cursor?: string | null;
  limit: number;
}

/** A person's ledger, newest first. */
export async function listLedger(tx: Tx, input: ListLedgerInput): Promise<LedgerPage> {
  throw new Error(`not written yet: ${tx.constructor.name} ${input.shopId}`);
}
