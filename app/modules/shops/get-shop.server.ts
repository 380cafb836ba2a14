import type { Tx } from '~/platform/db/index.server';
import { notFound } from '~/platform/errors';
import { toShop } from './shop-row';
import type { Shop } from './types';

/** The shop itself. Throws `not_found` for an id that is not there or not this tenant's. */
export async function getShop(tx: Tx, input: { shopId: number }): Promise<Shop> {
  const row = await tx.shop.findUnique({ where: { id: input.shopId } });
  if (!row) throw notFound('shop');
  return toShop(row);
}
