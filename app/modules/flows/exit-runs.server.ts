import type { Tx } from '~/platform/db/index.server';
import type { FlowEvent } from './types';

export async function exitRuns(
  _tx: Tx,
  _input: { shopId: number; profileIds: bigint[]; event: FlowEvent; now: Date },
): Promise<{ runIds: bigint[] }> {
  throw new Error('not written yet');
}
