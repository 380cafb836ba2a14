import type { CustomerTagsFact } from '~/modules/customers/types';
import type { Tx } from '~/platform/db/index.server';

export async function customerTagsChanged(
  _tx: Tx,
  _input: { shopId: number; facts: CustomerTagsFact[]; now: Date; historic: boolean },
): Promise<void> {
  throw new Error('customerTagsChanged is being built');
}
