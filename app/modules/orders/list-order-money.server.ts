import type { OrderMoney } from './types';
import type { Tx } from '~/platform/db/index.server';

export async function listOrderMoney(
  _tx: Tx,
  _input: { shopId: number; orderIds: bigint[] },
): Promise<OrderMoney[]> {
  throw new Error('listOrderMoney is being built');
}
