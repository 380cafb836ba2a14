import type { CustomerMergeFact } from '~/modules/customers/types';
import type { Tx } from '~/platform/db/index.server';

export async function customersMerged(
  _tx: Tx,
  _input: { shopId: number; facts: CustomerMergeFact[]; now: Date; historic: boolean },
): Promise<void> {
  throw new Error('customersMerged is being built');
}
