import type { CustomerFact } from '~/modules/customers/types';
import type { Tx } from '~/platform/db/index.server';

export async function customersChanged(
  _tx: Tx,
  _input: { shopId: number; facts: CustomerFact[]; now: Date; historic: boolean },
): Promise<void> {
  throw new Error('customersChanged is being built');
}
