import { carryOutDataRequests } from '~/modules/privacy/index.server';
import type { DataRequestFact } from '~/modules/privacy/types';
import type { Tx } from '~/platform/db/index.server';

/** Somebody asked what is held on them: the export is made at once and waits 30 days for the merchant to hand it over. */
export async function dataRequested(
  tx: Tx,
  input: { shopId: number; facts: DataRequestFact[]; now: Date },
): Promise<void> {
  await carryOutDataRequests(tx, input);
}
