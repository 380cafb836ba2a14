import type { Tx } from '~/platform/db/index.server';

export async function recomputeTraits(
  _tx: Tx,
  _input: { shopId: number; profileIds: bigint[]; now: Date },
): Promise<void> {
  throw new Error('recomputeTraits is being built');
}
