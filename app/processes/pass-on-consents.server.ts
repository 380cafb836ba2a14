import { pushConsents, tellShopify } from '~/modules/consent/index.server';
import { getShop } from '~/modules/shops/index.server';
import { clock } from '~/platform/clock.server';
import { withShop } from '~/platform/db/index.server';
import { shopifyClient } from '~/platform/shopify/index.server';

/** Passes on to Shopify what people and the merchant decided here. A shop that left is told nothing. */
export async function passOnConsents(shopId: number): Promise<void> {
  const shop = await withShop(shopId, (tx) => getShop(tx, { shopId }));
  if (shop.status !== 'active') return;
  await pushConsents({ shopId, now: clock.now(), tell: tellShopify(shopifyClient(shop.domain)) });
}
