import { getShop } from '~/modules/shops/index.server';
import type { Tx } from '~/platform/db/index.server';
import { env } from '~/platform/env.server';

/** Where friends go: a page on the shop's own domain, passed on to us by Shopify (`[app_proxy]` in shopify.app.toml). */
export async function getReferralLink(
  tx: Tx,
  { shopId, code }: { shopId: number; code: string },
): Promise<string> {
  const { domain } = await getShop(tx, { shopId });
  const { SHOPIFY_STAND_IN_URL } = env();
  const storefront = SHOPIFY_STAND_IN_URL ? `${SHOPIFY_STAND_IN_URL}/shop/${domain}` : `https://${domain}`;
  return `${storefront}/apps/perennial/r/${code}`;
}
