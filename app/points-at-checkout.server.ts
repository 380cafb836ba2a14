import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { answerShopper } from '~/modules/loyalty/index.server';
import { clock } from '~/platform/clock.server';
import { log } from '~/platform/log.server';
import { answerShopperCall, refuse, shopperHeaders, type ShopperRequest } from '~/shopper.server';

const path = '/api/shopper/points';
const amount = z.string().regex(/^\d{1,15}(\.\d{1,20})?$/);
const mostLines = 100; // a larger order tells its rest as one line of product 0
const lineSchema = z
  .string()
  .regex(/^\d{1,18}:\d{1,15}(\.\d{1,20})?$/)
  .transform((text) => {
    const [productId = '', amount = ''] = text.split(':');
    return { productId: BigInt(productId), amount };
  });
const questionSchema = z.object({
  total: amount,
  tax: amount.optional(),
  shipping: amount.optional(),
  currency: z.string().regex(/^[A-Z]{3}$/),
  lines: z.array(lineSchema).max(mostLines),
});

/** Whether this is a request for `servePointsAtCheckout`. */
export function isPointsAtCheckout(url = ''): boolean {
  return url === path || url.startsWith(`${path}?`);
}

/**
 * Points for the shopper at checkout: `GET ?total=100.00&currency=EUR`, with the session token Shopify gives extensions. The
 * shop and the customer come from the token alone. Optional `tax` and `shipping` are the parts of the total that may not
 * count, and `line` (as often as there are lines: `line=<product id>:<amount>`) what campaigns count more often, and which goods
 * earn. Of an order of more than 100 lines the checkout tells 99 and the sum of the rest as product 0: of that campaigns for all
 * goods are known, those for chosen goods are not, and it is not promised points where only chosen goods earn or some don't.
 * What is announced is then an estimate; what is earned is not.
 *
 * A checkout waits for it, so it is answered without Express and Remix: half the processor time, and half of what V8 has to
 * collect.
 */
export async function servePointsAtCheckout(
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method, url = '', headers } = request;
  request.resume(); // no body is wanted
  try {
    const { status, body } = await answerShopperCall(
      { method, authorization: headers.authorization ?? null },
      (shopper) => answerPoints(method, url, shopper),
    );
    send(response, status, body);
  } catch (error) {
    log.error({ err: error, path }, 'request failed');
    send(response, 500, { error: 'Something went wrong on our side. Try again in a moment.' });
  }
}

async function answerPoints(
  method: string | undefined,
  url: string,
  { shopId, shopifyCustomerId }: ShopperRequest,
): Promise<{ status: number; body: object }> {
  if (method !== 'GET') return refuse(405, 'method', 'Points are asked for with GET.');
  const parameters = new URLSearchParams(url.slice(path.length));
  const asked = { ...Object.fromEntries(parameters), lines: parameters.getAll('line') };
  const question = questionSchema.safeParse(asked);
  if (!question.success) {
    const error =
      'Say total as a decimal, such as 100.00, currency as three letters, such as EUR, and lines as 123:10.00.';
    return { status: 400, body: { error } };
  }
  if (shopId === null) return { status: 200, body: { status: 'off' } };
  const input = { ...question.data, shopId, shopifyCustomerId, now: clock.now() };
  return { status: 200, body: await answerShopper(input) };
}

function send(response: ServerResponse, status: number, body: object | null): void {
  if (response.headersSent || response.destroyed) return;
  if (body === null) {
    response.writeHead(status, shopperHeaders).end();
    return;
  }
  const text = Buffer.from(JSON.stringify(body));
  const type = 'application/json; charset=utf-8';
  response.writeHead(status, { ...shopperHeaders, 'Content-Type': type, 'Content-Length': text.length });
  response.end(text);
}
