import type { Tx } from '~/platform/db/index.server';

export interface ApplyOrderPointsInput {
  shopId: number;
  orderIds: bigint[];
  now: Date;
}

/** Posts what these orders should have earned by now minus what was posted for them before. */
export async function applyOrderPoints(
  tx: Tx,
  input: ApplyOrderPointsInput,
): Promise<{ profileIds: bigint[] }> {
  throw new Error(`not written yet: ${tx.constructor.name} ${input.shopId}`);
}
