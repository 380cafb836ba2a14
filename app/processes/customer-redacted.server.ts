import type { CustomerRedactFact } from '~/modules/privacy/types';
import type { Tx } from '~/platform/db/index.server';

export async function customerRedacted(_tx: Tx, _input: { shopId: number; facts: CustomerRedactFact[]; now: Date }): Promise<void> {
  throw new Error('customerRedacted is being built');
}
