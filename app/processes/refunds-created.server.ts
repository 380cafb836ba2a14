import type { RefundFact } from '~/modules/orders/types';
import type { Tx } from '~/platform/db/index.server';

export async function refundsCreated(
  _tx: Tx,
  _input: { shopId: number; facts: RefundFact[]; now: Date; historic: boolean },
): Promise<void> {
  throw new Error('refundsCreated is being built');
}
