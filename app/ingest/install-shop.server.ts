import { enqueue } from '~/jobs/enqueue.server';
import { ensureShop } from '~/modules/shops/index.server';
import type { ShopFact } from '~/modules/shops/types';
import { clock } from '~/platform/clock.server';
import { acrossShops, withShop } from '~/platform/db/index.server';
import { operations, shopifyClient } from '~/platform/shopify/index.server';
import { shopInstalled } from '~/processes/shop-installed.server';

/**
 * Runs after Shopify gave us a session for a shop: asks who it is, makes it active and starts its import. Idempotent; a
 * run that was interrupted is completed by the next page the merchant opens, and until then deliveries wait.
 */
export async function installShop(domain: string): Promise<void> {
  const now = clock.now();
  const { id: shopId } = await acrossShops((db) => ensureShop(db, { domain, now }));
  const fact = await askShopify(domain, now);
  await withShop(shopId, (tx) => shopInstalled(tx, { shopId, fact, now }));
  await enqueue('backfill.advance', { shopId });
  await enqueue('ingest.drain', { shopDomain: domain });
}

async function askShopify(domain: string, now: Date): Promise<ShopFact> {
  const { shop, currentAppInstallation } = await shopifyClient(domain).request(operations.shopDetails, {});
  return {
    name: shop.name,
    email: shop.contactEmail,
    currency: shop.currencyCode,
    timeZone: shop.ianaTimezone,
    country: shop.shopAddress.countryCodeV2,
    storefrontUrl: shop.primaryDomain.url,
    plan: shop.plan.publicDisplayName,
    scopes: currentAppInstallation.accessScopes.map(({ handle }) => handle),
    occurredAt: now,
  };
}
