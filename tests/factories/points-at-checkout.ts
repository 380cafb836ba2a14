import { createServer } from 'node:http';
import { once } from 'node:events';
import { afterAll, beforeAll } from 'vitest';
import { z } from 'zod';
import { servePointsAtCheckout } from '~/points-at-checkout.server';
import { shopperRequest } from './shopper';

/** A server that answers as the app does before Remix, while the tests of a file run. `query` begins with the question mark. */
export function usePointsAtCheckout() {
  const server = createServer((request, response) => void servePointsAtCheckout(request, response));
  let port = 0;
  beforeAll(async () => {
    await once(server.listen(0, '127.0.0.1'), 'listening');
    port = z.object({ port: z.number() }).parse(server.address()).port;
  });
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });
  return (
    query: string,
    { token, method = 'GET', body }: { token: string | null; method?: string; body?: string | undefined },
  ) => {
    const path = `/api/shopper/points${query}`;
    const { headers } = shopperRequest(path, { token, method });
    return fetch(`http://127.0.0.1:${port}${path}`, { method, headers, ...(body !== undefined && { body }) });
  };
}
