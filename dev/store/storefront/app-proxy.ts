import { createHmac } from 'node:crypto';
import { Router, type Request } from 'express';
import { readParam, readRawBody } from '../http/request';
import type { Shop } from '../state/model';
import { StoreError, type Store } from '../store';
import { readVisitor } from './cookies';

/** The query Shopify sends: the shopper's own, its additions, and a signature over all of it (sorted, joined by nothing). */
function signProxyQuery(
  query: URLSearchParams,
  shop: Shop,
  customerId: string,
  secret: string,
): URLSearchParams {
  const signed = new URLSearchParams(query);
  signed.delete('signature');
  signed.set('shop', shop.domain);
  signed.set('logged_in_customer_id', customerId);
  signed.set('path_prefix', '/apps/perennial');
  signed.set('timestamp', Math.floor(Date.now() / 1000).toString());
  const names = [...new Set(signed.keys())].sort();
  const message = names.map((name) => `${name}=${signed.getAll(name).join(',')}`).join('');
  signed.set('signature', createHmac('sha256', secret).update(message).digest('hex'));
  return signed;
}

/**
 * A shop lies below /shop/<domain> here, and at the root of an own domain in reality. What scripts of its pages ask for at the
 * root is told apart by the page that asks.
 */
function proxiedShop(store: Store, request: Request): Shop {
  const named = readParam(request, 'shop');
  if (named !== '') return store.getShop(named);
  const page = /^https?:\/\/[^/]+\/shop\/([^/?]+)/.exec(request.get('referer') ?? '');
  return store.getShop(page?.[1] ?? '');
}

async function forward(store: Store, request: Request): Promise<Response> {
  const shop = proxiedShop(store, request);
  if (!shop.installed) throw new StoreError('The app is not installed.', 404);
  const asked = new URL(request.originalUrl, store.url);
  const target = new URL(`/proxy/${readParam(request, '0')}`.replace(/\/$/, ''), store.options.appUrl);
  const visitor = readVisitor(request, shop);
  target.search = signProxyQuery(
    asked.searchParams,
    shop,
    visitor?.id.toString() ?? '',
    store.options.apiSecret,
  ).toString();
  const body = readRawBody(request);
  return fetch(target, {
    method: request.method,
    headers: {
      accept: request.get('accept') ?? '*/*',
      'content-type': request.get('content-type') ?? 'application/octet-stream',
      'user-agent': request.get('user-agent') ?? 'Mozilla/5.0',
      'accept-language': request.get('accept-language') ?? 'en',
      'x-forwarded-for': request.get('x-forwarded-for') ?? '203.0.113.7',
    },
    redirect: 'manual',
    ...(request.method === 'GET' || request.method === 'HEAD' ? {} : { body: new Uint8Array(body) }),
  });
}

/** `/apps/perennial/*` of a shop (below /shop/<domain> or at the root), passed to the app's `/proxy/*`. Cookies do not pass, in either direction. */
export function appProxyRoutes(store: Store): Router {
  const router = Router();
  const paths = ['/shop/:shop/apps/perennial', '/apps/perennial'];
  router.all([...paths, ...paths.map((path) => `${path}/*`)], (request, response) => {
    void (async () => {
      const answer = await forward(store, request);
      response.status(answer.status);
      const [type, location] = [answer.headers.get('content-type'), answer.headers.get('location')];
      if (type !== null) response.set('content-type', type);
      if (location !== null) response.set('location', location);
      response.send(Buffer.from(await answer.arrayBuffer()));
    })().catch((error: unknown) => {
      const status = error instanceof StoreError ? error.status : 502;
      response
        .status(status)
        .type('text')
        .send(error instanceof Error ? error.message : String(error));
    });
  });
  return router;
}
