import { z } from 'zod';
import { findShopByDomain } from '~/modules/shops/index.server';
import { env } from '~/platform/env.server';
import { AppError } from '~/platform/errors';
import { authenticate } from '~/shopify.server';

const cors = {
  'Access-Control-Allow-Origin': '*', // extensions run in a sandbox without an origin of its own
  'Access-Control-Allow-Headers': 'Authorization, Content-Type',
  'Access-Control-Allow-Methods': 'GET, POST, OPTIONS',
  'Access-Control-Max-Age': '7200',
  'Cache-Control': 'no-store',
};

const claimsSchema = z.object({ aud: z.string(), dest: z.string(), sub: z.string().nullish() });
const customerGid = /^gid:\/\/shopify\/Customer\/(\d{1,18})$/;

export interface ShopperRequest {
  shopId: number | null; // null: the app is not active in this shop
  shopifyCustomerId: bigint | null; // null: not signed in
}

/**
 * For every loader and action under /api/shopper: answers the preflight and whoever has no good token, and gives `respond`
 * the shop and the customer, from the token alone. What `respond` returns and the `AppError`s it throws are answered
 * readable from any origin: `{error: <a sentence>, reason?: <a word>}`. Tokens of checkout and of customer accounts are alike.
 */
export async function answerShopperRequest(
  request: Request,
  respond: (shopper: ShopperRequest) => Promise<{ status: number; body: object }>,
): Promise<Response> {
  if (request.method === 'OPTIONS') return new Response(null, { status: 204, headers: cors });
  const token = await identify(request);
  if (!token) return answer(401, { error: 'The session token is missing, expired or not for this app.' });
  const shop = await findShopByDomain(token.shopDomain);
  const shopId = shop?.status === 'active' ? shop.id : null;
  try {
    const { status, body } = await respond({ shopId, shopifyCustomerId: token.shopifyCustomerId });
    return answer(status, body);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return answer(error.status, { error: error.userMessage, reason: error.reason ?? error.code });
  }
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

/** No, and why: a word for programs and a sentence for people. */
export function refuse(status: number, reason: string, error: string) {
  return { status, body: { error, reason } };
}

/** The body of a request; null when it is not JSON. */
export async function readJson(request: Request): Promise<unknown> {
  try {
    return await request.json();
  } catch {
    return null;
  }
}
