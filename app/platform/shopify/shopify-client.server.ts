import { env } from '../env.server';
import { getFreshSession } from '../sessions/fresh-session.server';
import { standInFetch } from '../sessions/stand-in-fetch.server';
import { createShopifyClients, type ShopifyClient } from './client.server';
import { createRefresh } from './refresh-session.server';

/** The Admin API of an installed shop, with its stored token. In development the stand-in store may answer for Shopify. */
export function shopifyClient(shopDomain: string): ShopifyClient {
  const standIn = env().SHOPIFY_STAND_IN_URL;
  const send = standIn ? standInFetch(standIn) : fetch;
  const refresh = createRefresh(send);
  const tokens = {
    accessToken: async (shop: string) => (await getFreshSession(shop, refresh)).accessToken ?? '',
  };
  return createShopifyClients({ tokens, fetch: send })(shopDomain);
}
