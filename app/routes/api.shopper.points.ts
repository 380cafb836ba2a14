import type { LoaderFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { answerShopper } from '~/modules/loyalty/index.server';
import { findShopByDomain } from '~/modules/shops/index.server';
import { clock } from '~/platform/clock.server';
import { env } from '~/platform/env.server';
import { authenticate } from '~/shopify.server';

const cors = {
  'Access-Control-Allow-Origin': '*', // the checkout runs in a sandbox without an origin of its own
  'Access-Control-Allow-Headers': 'Authorization, Content-Type',
  'Access-Control-Allow-Methods': 'GET, OPTIONS',
  'Access-Control-Max-Age': '7200',
  'Cache-Control': 'no-store',
};

const amount = z.string().regex(/^\d{1,15}(\.\d{1,20})?$/);
const questionSchema = z.object({
  total: amount,
  tax: amount.optional(),
  shipping: amount.optional(),
  currency: z.string().regex(/^[A-Z]{3}$/),
});
const claimsSchema = z.object({ aud: z.string(), dest: z.string(), sub: z.string().nullish() });
const customerGid = /^gid:\/\/shopify\/Customer\/(\d{1,18})$/;

/**
 * Points for the shopper at checkout: `GET ?total=100.00&currency=EUR`, with the session token Shopify gives extensions. The
 * shop and the customer come from the token alone. Optional `tax` and `shipping` are the parts of the total that may not
 * count.
 */
export async function loader({ request }: LoaderFunctionArgs): Promise<Response> {
  if (request.method === 'OPTIONS') return new Response(null, { status: 204, headers: cors });
  const shopper = await identify(request);
  if (!shopper) return answer(401, { error: 'The session token is missing, expired or not for this app.' });
  const question = questionSchema.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!question.success) {
    return answer(400, {
      error: 'Say total as a decimal, such as 100.00, and currency as three letters, such as EUR.',
    });
  }
  const shop = await findShopByDomain(shopper.shopDomain);
  if (shop?.status !== 'active') return answer(200, { status: 'off' });
  const { shopifyCustomerId } = shopper;
  return answer(
    200,
    await answerShopper({ ...question.data, shopId: shop.id, shopifyCustomerId, now: clock.now() }),
  );
}

/** Whose token this is; null when it is not good. The library checks signature and time, but not whom it was made for. */
async function identify(
  request: Request,
): Promise<{ shopDomain: string; shopifyCustomerId: bigint | null } | null> {
  const claims = claimsSchema.safeParse(await readToken(request));
  if (!claims.success || claims.data.aud !== env().SHOPIFY_API_KEY) return null;
  const { dest, sub } = claims.data;
  const customerId = customerGid.exec(sub ?? '')?.[1];
  return {
    shopDomain: dest.replace(/^https:\/\//, ''),
    shopifyCustomerId: customerId === undefined ? null : BigInt(customerId),
  };
}

async function readToken(request: Request): Promise<unknown> {
  try {
    return (await authenticate.public.checkout(request)).sessionToken;
  } catch (error) {
    // The library throws its answers, without the headers a browser needs to show them to the extension.
    if (error instanceof Response) return null;
    throw error;
  }
}

function answer(status: number, body: object): Response {
  return Response.json(body, { status, headers: cors });
}
