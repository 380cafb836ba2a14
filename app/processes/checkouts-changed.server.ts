import type { CheckoutFact } from '~/modules/carts/types';
import type { Tx } from '~/platform/db/index.server';

export async function checkoutsChanged(
  _tx: Tx,
  _input: { shopId: number; facts: CheckoutFact[]; now: Date; historic: boolean },
): Promise<void> {
  throw new Error('checkoutsChanged is being built');
}
