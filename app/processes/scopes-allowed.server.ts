import { withShop } from '~/platform/db/index.server';
import { operations, shopifyClient } from '~/platform/shopify/index.server';
import { shopChanged } from './shop-changed.server';

/**
 * What the app may do in a shop, as Shopify says right now: a merchant who has just allowed something does not wait for the
 * webhook. Idempotent. Throws `unavailable` when Shopify doesn't answer.
 */
export async function scopesAllowed(input: { shopId: number; shopDomain: string; now: Date }): Promise<void> {
  const { shopId, shopDomain, now } = input;
  const { currentAppInstallation } = await shopifyClient(shopDomain).request(operations.shopDetails, {});
  const scopes = currentAppInstallation.accessScopes.map(({ handle }) => handle);
  await withShop(shopId, (tx) => shopChanged(tx, { shopId, facts: [{ scopes, occurredAt: now }], now }));
}
