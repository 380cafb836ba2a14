import type { LoaderFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { answerOrder } from '~/modules/loyalty/index.server';
import { clock } from '~/platform/clock.server';
import { answerShopperRequest } from '~/shopper.server';

const orderSchema = z
  .string()
  .transform((text) => text.replace('gid://shopify/Order/', ''))
  .pipe(z.string().regex(/^\d{1,18}$/))
  .transform((digits) => BigInt(digits));

/**
 * What an order earned its customer: `GET ?order=` (number or gid), with the session token of an order status extension. The
 * shop and the customer come from the token alone; of somebody else's order nothing is said.
 */
export async function loader({ request }: LoaderFunctionArgs): Promise<Response> {
  return answerShopperRequest(request, async ({ shopId, shopifyCustomerId }) => {
    const orderId = orderSchema.safeParse(new URL(request.url).searchParams.get('order'));
    if (!orderId.success)
      return { status: 400, body: { error: 'Say which order, as a number.', reason: 'invalid' } };
    if (shopId === null) return { status: 200, body: { status: 'off' } };
    if (shopifyCustomerId === null) return { status: 200, body: { status: 'guest' } };
    const asked = { shopId, shopifyCustomerId, orderId: orderId.data, now: clock.now() };
    return { status: 200, body: await answerOrder(asked) };
  });
}
