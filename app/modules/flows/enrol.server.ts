import type { Tx } from '~/platform/db/index.server';
import type { FlowChoice, FlowEntry } from './types';

export async function enrol(
  _tx: Tx,
  _input: FlowChoice & { shopId: number; entries: FlowEntry[]; now: Date },
): Promise<{ runIds: bigint[] }> {
  throw new Error('not written yet');
}
