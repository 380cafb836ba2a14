import type { HeadersFunction } from '@remix-run/node';
import { boundary } from '@shopify/shopify-app-remix/server';

/** A page with an ErrorBoundary of its own must pass on the headers that renew a session (see `PageError`). */
export const pageHeaders: HeadersFunction = (input) => boundary.headers(input);
