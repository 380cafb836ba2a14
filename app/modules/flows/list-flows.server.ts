import type { Tx } from '~/platform/db/index.server';
import type { FlowSummary } from './types';

export async function listFlows(_tx: Tx, _input: { shopId: number }): Promise<FlowSummary[]> {
  throw new Error('not written yet');
}
