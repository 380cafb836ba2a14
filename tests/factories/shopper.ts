import { Session } from '@shopify/shopify-api';
import { sessionStorage } from '~/platform/sessions/session-storage.server';
import { startStore, type RunningStore } from '../../dev/store/start-store';
import { offlineToken } from './offline-token';
import { sessionToken } from './session-token';

/** A session token as Shopify makes them for extensions. */
export function shopperToken(
  domain: string,
  claims: Record<string, unknown> = {},
  secret?: string,
  alg?: string,
): string {
  return sessionToken({ dest: domain, ...claims }, { secret, alg });
}

/** Claims of somebody who is signed in. */
export const signedIn = (shopifyCustomerId: bigint) => ({
  sub: `gid://shopify/Customer/${shopifyCustomerId}`,
});

/** A request of an extension in a shopper's browser. */
export function shopperRequest(
  path: string,
  { token, method = 'GET', body }: { token: string | null; method?: string; body?: unknown },
): Request {
  const headers = new Headers({
    Origin: 'https://extensions.shopifycdn.com',
    'User-Agent':
      'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36',
  });
  if (token !== null) headers.set('Authorization', `Bearer ${token}`);
  if (body !== undefined) headers.set('Content-Type', 'application/json');
  return new Request(`https://perennial.test${path}`, {
    method,
    headers,
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
}

export const demoDomain = 'perennial-demo.myshopify.com';

/** The stand-in store with the app installed, and the token the app got, stored as after a real install. */
export async function storeWithApp(): Promise<RunningStore> {
  const store = await startStore({
    port: 0,
    appUrl: 'http://localhost:1',
    tomlPath: 'shopify.app.toml',
    retryDelaysMs: [],
  });
  await fetch(`${store.url}/control/${demoDomain}/install`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
  await sessionStorage.storeSession(
    new Session({
      id: `offline_${demoDomain}`,
      shop: demoDomain,
      state: '',
      isOnline: false,
      accessToken: await offlineToken(store.url, demoDomain),
      expires: new Date(Date.now() + 3_600_000),
    }),
  );
  return store;
}
