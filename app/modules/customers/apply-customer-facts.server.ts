import type { CustomerFact } from './types';
import type { Tx } from '~/platform/db/index.server';

export async function applyCustomerFacts(
  _tx: Tx,
  _input: { shopId: number; facts: CustomerFact[]; now: Date },
): Promise<{ profileIds: bigint[] }> {
  throw new Error('applyCustomerFacts is being built');
}
