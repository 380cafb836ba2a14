import { PassThrough } from 'node:stream';
import { createReadableStreamFromReadable, type EntryContext } from '@remix-run/node';
import { RemixServer } from '@remix-run/react';
import { isbot } from 'isbot';
import { renderToPipeableStream } from 'react-dom/server';
import { env } from '~/platform/env.server';
import { log } from '~/platform/log.server';
import { addDocumentResponseHeaders } from '~/shopify.server';

const abortDelayMs = 5_000;

export { handleError } from './entry-errors.server';

export default function handleRequest(
  request: Request,
  responseStatusCode: number,
  responseHeaders: Headers,
  remixContext: EntryContext,
): Promise<Response> {
  setSecurityHeaders(request, responseHeaders);
  // Bots wait for the whole page; people get the frame at once and the rest as it comes.
  const readyEvent = isbot(request.headers.get('user-agent')) ? 'onAllReady' : 'onShellReady';

  return new Promise((resolve, reject) => {
    let status = responseStatusCode;
    const { pipe, abort } = renderToPipeableStream(
      <RemixServer context={remixContext} url={request.url} abortDelay={abortDelayMs} />,
      {
        [readyEvent]: () => {
          const body = new PassThrough();
          responseHeaders.set('Content-Type', 'text/html; charset=utf-8');
          resolve(new Response(createReadableStreamFromReadable(body), { headers: responseHeaders, status }));
          pipe(body);
        },
        onShellError: reject,
        onError(error) {
          status = 500;
          log.error({ err: error }, 'rendering failed');
        },
      },
    );
    setTimeout(abort, abortDelayMs + 1_000).unref();
  });
}

/** The library sets frame-ancestors for an embedded page; without a shop it sets nothing, so such a page may not be framed. */
function setSecurityHeaders(request: Request, headers: Headers): void {
  addDocumentResponseHeaders(request, headers);
  const policy = headers.get('Content-Security-Policy') ?? "frame-ancestors 'none'";
  headers.set('Content-Security-Policy', framedBy(env().SHOPIFY_STAND_IN_URL, policy));
  headers.set('X-Content-Type-Options', 'nosniff');
  headers.set('Referrer-Policy', 'strict-origin-when-cross-origin');
}

/** In development the stand-in store's admin page frames the app, as Shopify's does. */
function framedBy(origin: string | undefined, policy: string): string {
  return origin
    ? policy.replace('frame-ancestors', `frame-ancestors ${origin}`).replace(" 'none'", '')
    : policy;
}
