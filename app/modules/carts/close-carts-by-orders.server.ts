export interface ClosedCart {
  token: string;
  orderId: bigint;
  profileId: bigint | null;
  wasAbandoned: boolean;
}
import type { Tx } from '~/platform/db/index.server';

export async function closeCartsByOrders(
  _tx: Tx,
  _input: { shopId: number; orderIds: bigint[]; now: Date },
): Promise<ClosedCart[]> {
  throw new Error('closeCartsByOrders is being built');
}
