import type { Tx } from '~/platform/db/index.server';
import type { SentForCart } from './types';

/** For each cart the latest mail that was actually sent about it; carts without one are left out. */
export async function findSentForCarts(
  _tx: Tx,
  _input: { shopId: number; cartTokens: string[] },
): Promise<SentForCart[]> {
  throw new Error('not written yet');
}
