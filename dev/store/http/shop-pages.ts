import type { Request, Response, Router } from 'express';
import { shopOf } from '../control/route';
import type { Shop } from '../state/model';
import type { Store } from '../store';
import type { Html } from './html';
import { pageRoute, type PageResult } from './page-route';

type ShopPage = (
  path: string,
  run: (shop: Shop, request: Request, response: Response) => PageResult | Promise<PageResult>,
) => void;

export interface ShopPages {
  get: ShopPage;
  post: ShopPage;
}

/** Adds pages below the path of one shop. */
export function shopPages(store: Store, router: Router, renderError: (message: string) => Html): ShopPages {
  const route = (run: Parameters<ShopPage>[1]) =>
    pageRoute(store, (request, response) => run(shopOf(store, request), request, response), renderError);
  return {
    get: (path, run) => router.get(`/:shop${path}`, route(run)),
    post: (path, run) => router.post(`/:shop${path}`, route(run)),
  };
}
