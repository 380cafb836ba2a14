import type { OrderDeletedFact } from './types';
import type { Tx } from '~/platform/db/index.server';

export async function applyOrderDeletions(
  _tx: Tx,
  _input: { shopId: number; facts: OrderDeletedFact[]; now: Date },
): Promise<{ orderIds: bigint[]; profileIds: bigint[] }> {
  throw new Error('applyOrderDeletions is being built');
}
