import type { OrderFact } from '~/modules/orders/types';
import type { Tx } from '~/platform/db/index.server';

export async function ordersChanged(
  _tx: Tx,
  _input: { shopId: number; facts: OrderFact[]; now: Date; historic: boolean },
): Promise<void> {
  throw new Error('ordersChanged is being built');
}
