import { carryOutRedactions } from '~/modules/privacy/index.server';
import type { CustomerRedactFact } from '~/modules/privacy/types';
import type { Tx } from '~/platform/db/index.server';

/** People are to be forgotten: everywhere, at once, for good. Ledger entries and the money of orders stay, without a name. */
export async function customerRedacted(
  tx: Tx,
  input: { shopId: number; facts: CustomerRedactFact[]; now: Date },
): Promise<void> {
  await carryOutRedactions(tx, input);
}
