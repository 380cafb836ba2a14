import type { ProductFact } from '~/modules/orders/types';
import type { Tx } from '~/platform/db/index.server';

export async function productsChanged(
  _tx: Tx,
  _input: { shopId: number; facts: ProductFact[]; now: Date; historic: boolean },
): Promise<void> {
  throw new Error('productsChanged is being built');
}
