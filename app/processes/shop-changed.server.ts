import { applyShopFact } from '~/modules/shops/index.server';
import type { ShopFact } from '~/modules/shops/types';
import type { Tx } from '~/platform/db/index.server';

/** The merchant changed the shop's name, currency, time zone or what the app may do. Facts in the order they were told. */
export async function shopChanged(tx: Tx, input: { shopId: number; facts: ShopFact[] }): Promise<void> {
  for (const fact of input.facts) await applyShopFact(tx, { shopId: input.shopId, fact });
}
