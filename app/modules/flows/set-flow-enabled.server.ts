import type { Tx } from '~/platform/db/index.server';
import type { FlowKey } from './types';

export async function setFlowEnabled(
  _tx: Tx,
  _input: { shopId: number; key: FlowKey; enabled: boolean; now: Date },
): Promise<void> {
  throw new Error('not written yet');
}
