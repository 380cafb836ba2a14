import { createHmac } from 'node:crypto';

/** The query Shopify passes on to the app's proxy: the shop's and the shopper's, and a signature over all of it. */
export function signedQuery(query: Record<string, string>): URLSearchParams {
  const signed: Record<string, string> = {
    path_prefix: '/apps/perennial',
    timestamp: String(Math.floor(Date.now() / 1_000)),
    ...query,
  };
  const message = Object.keys(signed)
    .sort()
    .map((name) => `${name}=${signed[name]}`)
    .join('');
  const signature = createHmac('sha256', 'test-api-secret').update(message).digest('hex');
  return new URLSearchParams({ ...signed, signature });
}
