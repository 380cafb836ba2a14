import type { Request, RequestHandler, Response, Router } from 'express';
import { z } from 'zod';
import { readBody, readParam } from '../http/request';
import { stringifyExact } from '../json/exact-json';
import type { Shop } from '../state/model';
import { StoreError, type Store } from '../store';

function sendJson(response: Response, value: unknown, status = 200): void {
  response.status(status).type('application/json').send(stringifyExact(value));
}

/** Answers with what `run` returns, or with a sentence when it can't. */
export function jsonRoute(store: Store, run: (request: Request) => unknown): RequestHandler {
  return (request, response) => {
    void (async () => sendJson(response, await run(request)))().catch((error: unknown) => {
      if (error instanceof StoreError) sendJson(response, { error: error.message }, error.status);
      else if (error instanceof z.ZodError)
        sendJson(response, { error: `The input does not fit: ${z.prettifyError(error)}` }, 400);
      else {
        store.options.log(`control: ${String(error)}`);
        sendJson(response, { error: `The stand-in failed: ${String(error)}` }, 500);
      }
    });
  };
}

export function shopOf(store: Store, request: Request): Shop {
  return store.getShop(readParam(request, 'shop'));
}

type ShopRoute = (path: string, run: (shop: Shop, request: Request) => unknown) => void;

export interface ShopRoutes {
  get: ShopRoute;
  post: ShopRoute;
  delete: ShopRoute;
}

/** Adds routes below the path of one shop. */
export function shopRoutes(store: Store, router: Router): ShopRoutes {
  const route = (run: Parameters<ShopRoute>[1]) =>
    jsonRoute(store, (request) => run(shopOf(store, request), request));
  return {
    get: (path, run) => router.get(`/:shop${path}`, route(run)),
    post: (path, run) => router.post(`/:shop${path}`, route(run)),
    delete: (path, run) => router.delete(`/:shop${path}`, route(run)),
  };
}

export function idOf(request: Request, name = 'id'): bigint {
  const digits = /(\d+)$/.exec(readParam(request, name))?.[1];
  if (digits === undefined) throw new StoreError(`"${readParam(request, name)}" is not an id.`, 400);
  return BigInt(digits);
}

export function bodyOf<T>(request: Request, schema: z.ZodType<T>): T {
  return schema.parse(readBody(request));
}
