import type { Shop } from '~/modules/shops/types';
import { env } from '~/platform/env.server';

/** Where friends go: a page on the shop's own domain, passed on to us by Shopify (`[app_proxy]` in shopify.app.toml). */
export function referralLinkOf({ domain }: Pick<Shop, 'domain'>, code: string): string {
  const { SHOPIFY_STAND_IN_URL } = env();
  const storefront = SHOPIFY_STAND_IN_URL ? `${SHOPIFY_STAND_IN_URL}/shop/${domain}` : `https://${domain}`;
  return `${storefront}/apps/perennial/r/${code}`;
}
