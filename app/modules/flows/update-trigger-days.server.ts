import type { Tx } from '~/platform/db/index.server';
import type { FlowKey } from './types';

export async function updateTriggerDays(
  _tx: Tx,
  _input: { shopId: number; key: FlowKey; days: number; now: Date },
): Promise<void> {
  throw new Error('not written yet');
}
