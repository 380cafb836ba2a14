import type { ConsentFact } from '~/modules/consent/types';
import type { Tx } from '~/platform/db/index.server';

export async function consentChanged(
  _tx: Tx,
  _input: { shopId: number; facts: ConsentFact[]; now: Date; historic: boolean },
): Promise<void> {
  throw new Error('consentChanged is being built');
}
