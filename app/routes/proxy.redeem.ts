import type { ActionFunctionArgs } from '@remix-run/node';
import { findShopByDomain } from '~/modules/shops/index.server';
import { AppError } from '~/platform/errors';
import { readProxied } from '~/proxied.server';
import { answerRedeem } from '~/redeem-answer.server';

/**
 * Redeems a reward on the shop's own pages: `POST /apps/perennial/redeem`. Shop and customer are those Shopify signed. Only JSON is
 * taken: a page of somebody else can make a browser send a form with the customer's cookies, but no JSON.
 */
export async function action({ request }: ActionFunctionArgs): Promise<Response> {
  const visitor = await readProxied(request);
  const isJson = request.headers.get('Content-Type')?.startsWith('application/json') === true;
  if (visitor === null || !isJson)
    return answer(400, { error: 'This address is for the shop’s own pages.', reason: 'invalid' });
  const shop = await findShopByDomain(visitor.shopDomain);
  const shopId = shop?.status === 'active' ? shop.id : null;
  try {
    const { status, body } = await answerRedeem(request, { ...visitor, shopId });
    return answer(status, body);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return answer(error.status, { error: error.userMessage, reason: error.reason ?? error.code });
  }
}

function answer(status: number, body: object): Response {
  return Response.json(body, { status, headers: { 'Cache-Control': 'no-store' } });
}
