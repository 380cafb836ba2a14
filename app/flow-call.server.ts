import { z } from 'zod';
import { findShopByDomain } from '~/modules/shops/index.server';
import { hmacBase64, safeEqual } from '~/platform/crypto.server';
import { env } from '~/platform/env.server';
import { AppError } from '~/platform/errors';
import { readBody } from '~/platform/read-body.server';

const maxBytes = 50_000;
const senderSchema = z.object({ shopify_domain: z.string().max(255) });

/**
 * For every action under /api/flow: whoever can't sign with the app's secret gets 401, a shop without the app 404, and `respond`
 * the shop and the body, checked against `schema`. Flow shows the merchant the sentence of an error and does not try 4xx
 * again; what it may try again is 503.
 */
export async function answerFlowCall<S extends z.ZodType>(
  request: Request,
  schema: S,
  respond: (call: { shopId: number; body: z.output<S> }) => Promise<object>,
): Promise<Response> {
  if (request.method !== 'POST') return say(405, 'Send a POST request.');
  const bytes = await readBody(request, maxBytes);
  if (bytes === null) return say(413, 'The request is too large.');
  const text = Buffer.from(bytes).toString('utf8');
  const signature = request.headers.get('X-Shopify-Hmac-Sha256') ?? '';
  if (!safeEqual(hmacBase64(env().SHOPIFY_API_SECRET, text), signature))
    return say(401, 'The request is not signed by Shopify.');
  const json = parseJson(text);
  const sender = senderSchema.safeParse(json);
  const shop = sender.success ? await findShopByDomain(sender.data.shopify_domain.toLowerCase()) : null;
  if (shop?.status !== 'active') return say(404, 'Perennial is not installed in this shop.');
  const body = schema.safeParse(json);
  if (!body.success) return say(422, sentenceOf(body.error));
  try {
    return Response.json(await respond({ shopId: shop.id, body: body.data }), { headers: noStore });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return say(error.status, error.userMessage);
  }
}

const noStore = { 'Cache-Control': 'no-store' };

function say(status: number, message: string): Response {
  return Response.json({ message, errors: [{ message }] }, { status, headers: noStore });
}

/** The first mistake, in the words its schema has for the merchant. */
function sentenceOf(error: z.ZodError): string {
  return error.issues[0]?.message ?? 'The step is not complete.';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
