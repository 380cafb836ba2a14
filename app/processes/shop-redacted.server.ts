import type { ShopRedactFact } from '~/modules/privacy/types';
import type { Tx } from '~/platform/db/index.server';

export async function shopRedacted(_tx: Tx, _input: { shopId: number; facts: ShopRedactFact[]; now: Date }): Promise<void> {
  throw new Error('shopRedacted is being built');
}
