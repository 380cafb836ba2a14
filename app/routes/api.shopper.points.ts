import type { LoaderFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { answerShopper } from '~/modules/loyalty/index.server';
import { clock } from '~/platform/clock.server';
import { answerShopperRequest } from '~/shopper.server';

const amount = z.string().regex(/^\d{1,15}(\.\d{1,20})?$/);
const questionSchema = z.object({
  total: amount,
  tax: amount.optional(),
  shipping: amount.optional(),
  currency: z.string().regex(/^[A-Z]{3}$/),
});

/**
 * Points for the shopper at checkout: `GET ?total=100.00&currency=EUR`, with the session token Shopify gives extensions. The
 * shop and the customer come from the token alone. Optional `tax` and `shipping` are the parts of the total that may not
 * count.
 */
export async function loader({ request }: LoaderFunctionArgs): Promise<Response> {
  return answerShopperRequest(request, async ({ shopId, shopifyCustomerId }) => {
    const question = questionSchema.safeParse(Object.fromEntries(new URL(request.url).searchParams));
    if (!question.success) {
      const error = 'Say total as a decimal, such as 100.00, and currency as three letters, such as EUR.';
      return { status: 400, body: { error } };
    }
    if (shopId === null) return { status: 200, body: { status: 'off' } };
    const asked = { ...question.data, shopId, shopifyCustomerId, now: clock.now() };
    return { status: 200, body: await answerShopper(asked) };
  });
}
