import type { OrderDeletedFact } from '~/modules/orders/types';
import type { Tx } from '~/platform/db/index.server';

export async function ordersDeleted(
  _tx: Tx,
  _input: { shopId: number; facts: OrderDeletedFact[]; now: Date; historic: boolean },
): Promise<void> {
  throw new Error('ordersDeleted is being built');
}
