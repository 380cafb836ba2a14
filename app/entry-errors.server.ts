import type { LoaderFunctionArgs } from '@remix-run/node';
import { AppError } from '~/platform/errors';
import { log } from '~/platform/log.server';

/** Loaders and actions that threw something unexpected. An aborted request and an error meant for people are no news. */
export function handleError(error: unknown, { request }: Pick<LoaderFunctionArgs, 'request'>): void {
  if (request.signal.aborted) return;
  const expected = error instanceof AppError && error.status < 500;
  log[expected ? 'info' : 'error']({ err: error, path: new URL(request.url).pathname }, 'request failed');
}
