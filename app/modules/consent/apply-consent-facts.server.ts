import type { Tx } from '~/platform/db/index.server';
import type { ConsentFact } from './types';

/** Stores what Shopify or a checkout told. Idempotent by fact key; the newest decision wins, the stricter one on a tie. */
export async function applyConsentFacts(
  _tx: Tx,
  _input: { shopId: number; facts: ConsentFact[]; now: Date },
): Promise<{ profileIds: bigint[] }> {
  throw new Error('not written yet');
}
