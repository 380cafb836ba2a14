import type { CustomerTagsFact } from './types';
import type { Tx } from '~/platform/db/index.server';

export async function applyCustomerTags(
  _tx: Tx,
  _input: { shopId: number; facts: CustomerTagsFact[]; now: Date },
): Promise<{ profileIds: bigint[] }> {
  throw new Error('applyCustomerTags is being built');
}
