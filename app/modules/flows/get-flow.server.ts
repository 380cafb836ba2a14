import type { Tx } from '~/platform/db/index.server';
import type { FlowDetails } from './types';

export async function getFlow(_tx: Tx, _input: { shopId: number; key: string }): Promise<FlowDetails> {
  throw new Error('not written yet');
}
