import type { Request, RequestHandler, Response } from 'express';
import { StoreError, type Store } from '../store';
import { Html } from './html';

/** A page, or the address to go to next. */
export type PageResult = Html | { readonly goTo: string };

export function pageRoute(
  store: Store,
  run: (request: Request, response: Response) => PageResult | Promise<PageResult>,
  renderError: (message: string) => Html,
): RequestHandler {
  return (request, response) => {
    void (async () => {
      const result = await run(request, response);
      if (result instanceof Html) response.type('html').send(`<!doctype html>${result.text}`);
      else response.redirect(303, result.goTo);
    })().catch((error: unknown) => {
      if (!(error instanceof StoreError)) store.options.log(`page: ${String(error)}`);
      const message = error instanceof StoreError ? error.message : 'The stand-in failed. See its log.';
      response
        .status(error instanceof StoreError ? error.status : 500)
        .type('html')
        .send(`<!doctype html>${renderError(message).text}`);
    });
  };
}
