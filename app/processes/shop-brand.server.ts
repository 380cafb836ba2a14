import type { Brand } from '~/emails/public-page';
import { getSettings, getShop } from '~/modules/shops/index.server';
import type { Shop } from '~/modules/shops/types';
import type { Tx } from '~/platform/db/index.server';

/** A shop, and how it looks on a page or in a mail that its customers see. */
export async function shopBrand(
  tx: Tx,
  { shopId }: { shopId: number },
): Promise<{ shop: Shop; brand: Brand }> {
  const shop = await getShop(tx, { shopId });
  const settings = await getSettings(tx, { shopId });
  const name = settings.senderName ?? shop.name ?? shop.domain;
  return {
    shop,
    brand: { name, logoUrl: settings.logoUrl, color: settings.brandColor, url: storefront(shop) },
  };
}

function storefront(shop: Shop): string {
  const own = shop.storefrontUrl && URL.canParse(shop.storefrontUrl) ? new URL(shop.storefrontUrl) : null;
  return own?.protocol === 'https:' ? own.toString() : `https://${shop.domain}`;
}
