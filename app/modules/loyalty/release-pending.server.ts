import type { Tx } from '~/platform/db/index.server';

/** Makes pending points spendable whose hold is over. */
export async function releasePending(
  tx: Tx,
  input: { shopId: number; now: Date; limit?: number },
): Promise<{ profileIds: bigint[]; more: boolean }> {
  throw new Error(`not written yet: ${tx.constructor.name} ${input.shopId}`);
}
