import type { ProductFact } from './types';
import type { Tx } from '~/platform/db/index.server';

export async function applyProductFacts(
  _tx: Tx,
  _input: { shopId: number; facts: ProductFact[]; now: Date },
): Promise<{ orderIds: bigint[] }> {
  throw new Error('applyProductFacts is being built');
}
