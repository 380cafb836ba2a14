import type { Tx } from '~/platform/db/index.server';
import { getCartFigures } from './get-cart-figures.server';
import { getShopView } from './get-shop-view.server';
import { listCarts } from './list-carts.server';
import type { CartQuery, CartsPage } from './types';

export async function getCartsPage(
  tx: Tx,
  input: { shopId: number; query: CartQuery; now: Date },
): Promise<CartsPage> {
  const { shopId, query, now } = input;
  return {
    shop: await getShopView(tx, { shopId }),
    carts: await listCarts(tx, { shopId, of: { tab: query.tab }, cursor: query, limit: 50 }),
    figures: await getCartFigures(tx, { shopId, now }),
  };
}
