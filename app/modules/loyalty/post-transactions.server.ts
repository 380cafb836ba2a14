import type { Tx } from '~/platform/db/index.server';

export async function postTransactions(tx: Tx, input: { shopId: number; now: Date }): Promise<void> {
  throw new Error(`not written yet: ${tx.constructor.name} ${input.shopId}`);
}
