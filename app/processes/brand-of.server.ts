import type { Brand } from '~/emails/public-page';
import type { Shop, ShopSettings } from '~/modules/shops/types';

/** A shop as its shoppers see it, in mails and on pages. */
export function brandOf(shop: Shop, settings: ShopSettings): Brand {
  return {
    name: settings.senderName ?? shop.name ?? shop.domain,
    logoUrl: settings.logoUrl,
    color: settings.brandColor,
    url: storefront(shop),
  };
}

function storefront(shop: Shop): string {
  const own = shop.storefrontUrl && URL.canParse(shop.storefrontUrl) ? new URL(shop.storefrontUrl) : null;
  return own?.protocol === 'https:' ? own.toString() : `https://${shop.domain}`;
}
