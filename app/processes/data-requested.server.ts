import type { DataRequestFact } from '~/modules/privacy/types';
import type { Tx } from '~/platform/db/index.server';

export async function dataRequested(_tx: Tx, _input: { shopId: number; facts: DataRequestFact[]; now: Date }): Promise<void> {
  throw new Error('dataRequested is being built');
}
