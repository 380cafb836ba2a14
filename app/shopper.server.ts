import { findShopByDomain } from '~/modules/shops/index.server';
import { AppError } from '~/platform/errors';
import { readSessionToken } from '~/platform/shopify/index.server';

const cors = {
  'Access-Control-Allow-Origin': '*', // extensions run in a sandbox without an origin of its own
  'Access-Control-Allow-Headers': 'Authorization, Content-Type',
  'Access-Control-Allow-Methods': 'GET, POST, OPTIONS',
  'Access-Control-Max-Age': '7200',
  'Cache-Control': 'no-store',
};

export interface ShopperRequest {
  shopId: number | null; // null: the app is not active in this shop
  shopifyCustomerId: bigint | null; // null: not signed in
}

interface Answer {
  status: number;
  body: object | null;
}

type Respond = (shopper: ShopperRequest) => Promise<{ status: number; body: object }>;

/**
 * For every loader and action under /api/shopper: answers the preflight and whoever has no good token, and gives `respond`
 * the shop and the customer, from the token alone. What `respond` returns and the `AppError`s it throws are answered
 * readable from any origin: `{error: <a sentence>, reason?: <a word>}`. Tokens of checkout and of customer accounts are alike.
 */
export async function answerShopperRequest(request: Request, respond: Respond): Promise<Response> {
  const authorization = request.headers.get('authorization');
  const { status, body } = await answerShopperCall({ method: request.method, authorization }, respond);
  return body === null
    ? new Response(null, { status, headers: cors })
    : Response.json(body, { status, headers: cors });
}

/** The same for whoever has no `Request`; the answer has to be sent with `shopperHeaders`. */
export async function answerShopperCall(
  { method, authorization }: { method: string | undefined; authorization: string | null },
  respond: Respond,
): Promise<Answer> {
  if (method === 'OPTIONS') return { status: 204, body: null };
  const token = await readSessionToken(authorization);
  if (!token)
    return { status: 401, body: { error: 'The session token is missing, expired or not for this app.' } };
  const shop = await findShopByDomain(token.shopDomain);
  const shopId = shop?.status === 'active' ? shop.id : null;
  try {
    return await respond({ shopId, shopifyCustomerId: token.shopifyCustomerId });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return {
      status: error.status,
      body: { error: error.userMessage, reason: error.reason ?? error.code },
    };
  }
}

export const shopperHeaders: Readonly<Record<string, string>> = cors;

/** No, and why: a word for programs and a sentence for people. */
export function refuse(status: number, reason: string, error: string) {
  return { status, body: { error, reason } };
}
