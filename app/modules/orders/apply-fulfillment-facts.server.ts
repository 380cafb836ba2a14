import type { FulfillmentFact } from './types';
import type { Tx } from '~/platform/db/index.server';

export async function applyFulfillmentFacts(
  _tx: Tx,
  _input: { shopId: number; facts: FulfillmentFact[]; now: Date },
): Promise<{ orderIds: bigint[] }> {
  throw new Error('applyFulfillmentFacts is being built');
}
