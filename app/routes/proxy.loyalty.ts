import type { LoaderFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { answerShopper, answerStorefront } from '~/modules/loyalty/index.server';
import { findShopByDomain } from '~/modules/shops/index.server';
import { clock } from '~/platform/clock.server';
import { advocateSeen } from '~/processes/advocate-seen.server';
import { readProxied } from '~/proxied.server';

const productSchema = z.object({
  total: z.string().regex(/^\d{1,15}(\.\d{1,20})?$/),
  currency: z.string().regex(/^[A-Z]{3}$/),
});

/**
 * The programme for the blocks of the storefront, on the shop's own domain: `/apps/perennial/loyalty`. With `total` and
 * `currency` only what buying for as much would earn: `{earns}`. Shop and customer are those Shopify signed; anything not
 * signed is answered 400.
 */
export async function loader({ request }: LoaderFunctionArgs): Promise<Response> {
  const visitor = await readProxied(request);
  if (visitor === null) return answer(400, { error: 'This address is for the shop’s own pages.' });
  const query = Object.fromEntries(new URL(request.url).searchParams);
  const shop = await findShopByDomain(visitor.shopDomain);
  if (shop?.status !== 'active') return answer(200, { status: 'off' });
  const { shopifyCustomerId } = visitor;
  const asked = { shopId: shop.id, shopifyCustomerId, now: clock.now() };
  if (query.total === undefined) {
    if (shopifyCustomerId !== null) await advocateSeen(request, { shopId: shop.id, shopifyCustomerId });
    return answer(200, await answerStorefront(asked));
  }
  const product = productSchema.safeParse(query);
  if (!product.success) return answer(400, { error: 'Say total as 100.00 and currency as EUR.' });
  const told = await answerShopper({ ...asked, ...product.data });
  return answer(200, { earns: told.status === 'off' ? 0 : told.earns });
}

function answer(status: number, body: object): Response {
  return Response.json(body, { status, headers: { 'Cache-Control': 'no-store' } });
}
