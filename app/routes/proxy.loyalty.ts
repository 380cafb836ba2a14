import type { LoaderFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { answerShopper, answerStorefront } from '~/modules/loyalty/index.server';
import { clock } from '~/platform/clock.server';
import { advocateSeen } from '~/processes/advocate-seen.server';
import { readProxied } from '~/proxied.server';

const productSchema = z.object({
  total: z.string().regex(/^\d{1,15}(\.\d{1,20})?$/),
  currency: z.string().regex(/^[A-Z]{3}$/),
  product: z
    .string()
    .regex(/^\d{1,18}$/)
    .default('0'), // a block from before products were told
});

/**
 * The programme for the blocks of the storefront, on the shop's own domain: `/apps/perennial/loyalty`. With `total` and
 * `currency` only what buying for as much would earn: `{earns}`; `product` (its id) says by which campaigns, and whether it is
 * among the goods that earn. Browsers keep that answer for a minute. Shop and customer are those Shopify signed; anything
 * not signed is answered 400.
 */
export async function loader({ request }: LoaderFunctionArgs): Promise<Response> {
  const visitor = await readProxied(request);
  if (visitor === null) return answer(400, { error: 'This address is for the shop’s own pages.' });
  const { shopId, shopifyCustomerId } = visitor;
  if (shopId === null) return answer(200, { status: 'off' });
  const asked = { shopId, shopifyCustomerId, now: clock.now() };
  const query = Object.fromEntries(new URL(request.url).searchParams);
  if (query.total === undefined) {
    if (shopifyCustomerId !== null) await advocateSeen(request, { shopId, shopifyCustomerId });
    return answer(200, await answerStorefront(asked));
  }
  const product = productSchema.safeParse(query);
  if (!product.success)
    return answer(400, { error: 'Say total as 100.00, currency as EUR, and product by its number.' });
  const { total, currency, product: id } = product.data;
  const lines = [{ productId: BigInt(id), amount: total }];
  const told = await answerShopper({ ...asked, total, currency, lines });
  return answer(200, { earns: told.status === 'off' ? 0 : told.earns }, 'private, max-age=60');
}

function answer(status: number, body: object, cache = 'no-store'): Response {
  return Response.json(body, { status, headers: { 'Cache-Control': cache } });
}
