import type { Tx } from '~/platform/db/index.server';

export async function mergeRuns(
  _tx: Tx,
  _input: { shopId: number; merges: { fromProfileId: bigint; intoProfileId: bigint }[]; now: Date },
): Promise<void> {
  throw new Error('not written yet');
}
