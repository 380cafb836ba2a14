import '@shopify/shopify-app-remix/adapters/node';
import { setAbstractFetchFunc } from '@shopify/shopify-api/runtime';
import { ApiVersion, AppDistribution, LogSeverity, shopifyApp } from '@shopify/shopify-app-remix/server';
import { env } from '~/platform/env.server';
import { log } from '~/platform/log.server';
import { installShop } from '~/ingest/install-shop.server';
import { sessionStorage } from '~/platform/sessions/session-storage.server';
import { standInFetch } from '~/platform/sessions/stand-in-fetch.server';
import { findShopByDomain } from '~/modules/shops/index.server';
import { notFound } from '~/platform/errors';

const { SHOPIFY_API_KEY, SHOPIFY_API_SECRET, SHOPIFY_APP_URL, SHOPIFY_STAND_IN_URL, SCOPES } = env();

// In development Shopify may be played by the stand-in store; has to be told before the first client is built.
if (SHOPIFY_STAND_IN_URL) setAbstractFetchFunc(standInFetch(SHOPIFY_STAND_IN_URL));

/** What the library calls information (each request it looks at) is detail to us. */
const logLevels = {
  [LogSeverity.Error]: 'error',
  [LogSeverity.Warning]: 'warn',
  [LogSeverity.Info]: 'debug',
  [LogSeverity.Debug]: 'trace',
} as const;

/**
 * The library would refresh a token that is about to end itself, for each visitor of the storefront at once, and Shopify takes
 * a refresh token once. So it sees none: `getFreshSession` refreshes, one at a time.
 */
const sessionsWithoutRefresh = {
  ...sessionStorage,
  async loadSession(id: string) {
    const session = await sessionStorage.loadSession(id);
    if (session) session.refreshToken = undefined;
    return session;
  },
};

const shopify = shopifyApp({
  apiKey: SHOPIFY_API_KEY,
  apiSecretKey: SHOPIFY_API_SECRET,
  appUrl: SHOPIFY_APP_URL,
  apiVersion: ApiVersion.July26,
  scopes: SCOPES?.split(','),
  authPathPrefix: '/auth',
  sessionStorage: sessionsWithoutRefresh,
  distribution: AppDistribution.AppStore,
  logger: { log: (severity, message) => log[logLevels[severity]]({ library: 'shopify' }, message) },
  hooks: { afterAuth: ({ session }) => installShop(session.shop) },
  future: { unstable_newEmbeddedAuthStrategy: true, expiringOfflineAccessTokens: true },
});

export const { authenticate, addDocumentResponseHeaders } = shopify;

type Admin = Awaited<ReturnType<typeof authenticate.admin>>;

export interface ShopRequest {
  shopId: number;
  shopDomain: string;
  /** Who is at the screen, for the ledger and the evidence: the id in Shopify's session token, never a name. */
  staff: string;
  redirect: Admin['redirect'];
}

/**
 * For every loader and action under /app: checks Shopify's session token (redirecting or answering 401 by itself when it
 * is missing or wrong) and says whose shop this is. The shop comes from the token alone, never from the URL.
 */
export async function requireShop(request: Request): Promise<ShopRequest> {
  const admin = await authenticate.admin(request);
  const { session, redirect } = admin;
  const shop = (await findShopByDomain(session.shop)) ?? (await recover(session.shop));
  return { shopId: shop.id, shopDomain: session.shop, staff: `staff:${admin.sessionToken.sub}`, redirect };
}

/** A session without a shop is left behind when the install was interrupted between the two: do the rest now. */
async function recover(domain: string): Promise<{ id: number }> {
  await installShop(domain);
  const shop = await findShopByDomain(domain);
  if (!shop) throw notFound('shop');
  return shop;
}
