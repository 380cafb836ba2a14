import type { IncomingMessage, ServerResponse } from 'node:http';
import { clock } from '~/platform/clock.server';
import { pool } from '~/platform/db/index.server';
import { env } from '~/platform/env.server';
import { nudgeDrain } from './nudge.server';
import { readBody, toStorableText } from './read-body';
import { validateDelivery } from './validate-delivery';
import { createInboxWriter, type InboxWriter } from './write-inbox.server';

const maxBodyBytes = 5 * 1024 * 1024;
const lingerMs = 2_000;

interface ReceiverParts {
  write: InboxWriter['write'];
  nudge: (shopDomain: string) => void;
}

/**
 * Answers `POST /webhooks`: stores the delivery and says 200 once it is committed. Nothing else happens here. 405, 400 and
 * 401 as Shopify's library answers, 413 above 5 MB, 503 within 4 seconds when the database does not take it; Shopify
 * delivers again then, and a delivery that is there already stays one row.
 */
export const receiveWebhook = createReceiver({ write: createInboxWriter(pool).write, nudge: nudgeDrain });

export function createReceiver(
  parts: ReceiverParts,
): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    if (request.method !== 'POST') {
      response.setHeader('Allow', 'POST');
      refuse(request, response, 405, 'Method not allowed');
      return;
    }
    readBody(request, maxBodyBytes, (result) => {
      if (result.kind === 'whole') void store(parts, request, response, result.body);
      else if (result.kind === 'too_large') refuse(request, response, 413, 'Payload too large');
    });
  };
}

async function store(
  parts: ReceiverParts,
  request: IncomingMessage,
  response: ServerResponse,
  body: Buffer,
): Promise<void> {
  const validation = validateDelivery(request.headers, body, env().SHOPIFY_API_SECRET);
  if (!validation.valid) {
    answer(response, validation.status, validation.reason);
    return;
  }
  const { headers } = validation;
  try {
    await parts.write({ ...headers, receivedAt: clock.now(), body: toStorableText(body) });
  } catch {
    response.setHeader('Retry-After', '5');
    answer(response, 503, 'Try again later');
    return;
  }
  answer(response, 200, '');
  parts.nudge(headers.shopDomain);
}

/** For a request whose body we do not want: the rest is read and thrown away, so that the answer arrives, but not for long. */
function refuse(request: IncomingMessage, response: ServerResponse, status: number, text: string): void {
  answer(response, status, text);
  const impatience = setTimeout(() => request.destroy(), lingerMs);
  request.once('close', () => clearTimeout(impatience));
  request.resume();
}

function answer(response: ServerResponse, status: number, text: string): void {
  if (response.headersSent || response.destroyed) return;
  response.statusCode = status;
  response.setHeader('Content-Length', Buffer.byteLength(text));
  response.end(text);
}
