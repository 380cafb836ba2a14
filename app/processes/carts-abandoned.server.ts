import type { Tx } from '~/platform/db/index.server';

/** Returns how many carts became abandoned; call again while it returns `limit`. */
export async function cartsAbandoned(
  _tx: Tx,
  _input: { shopId: number; now: Date; limit: number },
): Promise<number> {
  throw new Error('cartsAbandoned is being built');
}
