import { createHmac } from 'node:crypto';

/** What Shopify's app proxy passes on: the shop's and the shopper's query, and a signature over all of it. */
export function proxiedRequest(
  path: string,
  query: Record<string, string>,
  changes: Record<string, string> = {}, // made on the way
  init: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Request {
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
  return new Request(
    `https://perennial.test${path}?${new URLSearchParams({ ...signed, signature, ...changes })}`,
    {
      ...init,
      headers: {
        ...init.headers,
        'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64) Chrome/143.0.0.0 Safari/537.36',
      },
    },
  );
}
