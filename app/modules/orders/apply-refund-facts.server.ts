import type { RefundFact } from './types';
import type { Tx } from '~/platform/db/index.server';

export async function applyRefundFacts(
  _tx: Tx,
  _input: { shopId: number; facts: RefundFact[]; now: Date },
): Promise<{ orderIds: bigint[] }> {
  throw new Error('applyRefundFacts is being built');
}
