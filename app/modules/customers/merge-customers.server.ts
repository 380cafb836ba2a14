import type { CustomerMergeFact } from './types';
import type { Tx } from '~/platform/db/index.server';

export async function mergeCustomers(
  _tx: Tx,
  _input: { shopId: number; facts: CustomerMergeFact[]; now: Date },
): Promise<{ merges: { fromProfileId: bigint; intoProfileId: bigint }[] }> {
  throw new Error('mergeCustomers is being built');
}
