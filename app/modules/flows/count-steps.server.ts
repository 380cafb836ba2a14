import type { Tx } from '~/platform/db/index.server';
import type { FlowCounts } from './types';

export async function countSteps(_tx: Tx, _input: { shopId: number; flowKey: string }): Promise<FlowCounts> {
  throw new Error('not written yet');
}
