import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { answerShopper } from '~/modules/loyalty/index.server';
import { readBody, type BodyResult } from '~/ingest/read-body';
import { clock } from '~/platform/clock.server';
import { log } from '~/platform/log.server';
import { answerShopperCall, refuse, shopperHeaders, type ShopperRequest } from '~/shopper.server';

const path = '/api/shopper/points';
const amount = z.string().regex(/^\d{1,15}(\.\d{1,20})?$/);
const mostLines = 500; // of a cart; what is more comes as one line of product 0
const maxBodyBytes = 64 * 1024; // 500 lines of the longest numbers are half of it
const lineSchema = z
  .string()
  .regex(/^\d{1,18}:\d{1,15}(\.\d{1,20})?(:digital)?$/)
  .transform((text) => {
    const [productId = '', amount = '', digital] = text.split(':');
    return { productId: BigInt(productId), amount, isDigital: digital !== undefined };
  });
const questionSchema = z.object({
  total: amount,
  tax: amount.optional(),
  shipping: amount.optional(),
  taxIncluded: z
    .literal('1')
    .optional()
    .transform((said) => said !== undefined),
  currency: z.string().regex(/^[A-Z]{3}$/),
  lines: z.array(lineSchema).max(mostLines),
});

/** Whether this is a request for `servePointsAtCheckout`. */
export function isPointsAtCheckout(url = ''): boolean {
  return url === path || url.startsWith(`${path}?`);
}

/**
 * Points for the shopper at checkout: `GET ?total=100.00&currency=EUR`, with the session token Shopify gives extensions, or the
 * same as the form of a POST, for carts that no address holds. The shop and the customer come from the token alone, and nothing
 * of a body is read before it is found good. Optional `tax` and `shipping` are the parts of the total that may not count
 * (`taxIncluded=1`: prices, and that of shipping, contain the tax), and `line` (as often as there are products:
 * `line=<product id>:<amount>`, and `:digital` of what is not sent) what campaigns count more often, and which goods earn.
 * Of more than 500 products the checkout tells 499 and the sum of the rest as product 0: of that campaigns for all goods are
 * known, those for chosen goods are not, and it is not promised points where only chosen goods earn or some don't.
 *
 * A checkout waits for it, so it is answered without Express and Remix: half the processor time, and half of what V8 has to
 * collect.
 */
export async function servePointsAtCheckout(
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method, headers } = request;
  try {
    const { status, body } = await answerShopperCall(
      { method, authorization: headers.authorization ?? null },
      async (shopper) => {
        const asked = await readQuestion(request);
        return typeof asked === 'string' ? answerPoints(asked, shopper) : asked;
      },
    );
    send(response, status, body);
  } catch (error) {
    log.error({ err: error, path }, 'request failed');
    send(response, 500, { error: 'Something went wrong on our side. Try again in a moment.' });
  }
  request.resume(); // what nobody wanted of it
}

/** What is asked, as of a form; or why it is not answered. */
async function readQuestion(request: IncomingMessage): Promise<string | ReturnType<typeof refuse>> {
  const { method, url = '' } = request;
  if (method === 'GET') return url.slice(path.length);
  if (method !== 'POST') return refuse(405, 'method', 'Points are asked for with GET or POST.');
  const body = await new Promise<BodyResult>((resolve) => readBody(request, maxBodyBytes, resolve));
  return body.kind === 'whole'
    ? body.body.toString('utf8')
    : refuse(413, 'too_large', 'A question for points may have 64 KB.');
}

async function answerPoints(
  asked: string,
  { shopId, shopifyCustomerId }: ShopperRequest,
): Promise<{ status: number; body: object }> {
  const parameters = new URLSearchParams(asked);
  const lines = parameters.getAll('line');
  const question = questionSchema.safeParse({ ...Object.fromEntries(parameters), lines });
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
