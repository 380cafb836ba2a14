import { getShop } from '~/modules/shops/index.server';
import { pushSignals, tellFlow } from '~/modules/signals/index.server';
import type { TellFlow } from '~/modules/signals/types';
import { clock } from '~/platform/clock.server';
import { withShop } from '~/platform/db/index.server';
import { shopifyClient } from '~/platform/shopify/index.server';

/** Tells Shopify Flow what happened. A shop that left is told nothing. `tell` is Shopify's unless told otherwise. */
export async function signalsTold(shopId: number, tell?: TellFlow): Promise<void> {
  const shop = await withShop(shopId, (tx) => getShop(tx, { shopId }));
  if (shop.status !== 'active') return;
  await pushSignals({ shopId, now: () => clock.now(), tell: tell ?? tellFlow(shopifyClient(shop.domain)) });
}
