import type { CheckoutFact } from './types';
import type { Tx } from '~/platform/db/index.server';

export async function applyCheckoutFacts(
  _tx: Tx,
  _input: { shopId: number; facts: CheckoutFact[]; now: Date },
): Promise<{ profileIds: bigint[] }> {
  throw new Error('applyCheckoutFacts is being built');
}
