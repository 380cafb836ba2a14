import type { FulfillmentFact } from '~/modules/orders/types';
import type { Tx } from '~/platform/db/index.server';

export async function fulfillmentsChanged(
  _tx: Tx,
  _input: { shopId: number; facts: FulfillmentFact[]; now: Date; historic: boolean },
): Promise<void> {
  throw new Error('fulfillmentsChanged is being built');
}
