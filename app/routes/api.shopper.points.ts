import type { LoaderFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { answerShopper } from '~/modules/loyalty/index.server';
import { clock } from '~/platform/clock.server';
import { answerShopperRequest } from '~/shopper.server';

const amount = z.string().regex(/^\d{1,15}(\.\d{1,20})?$/);
const mostLines = 100; // a larger order tells its rest as one line of product 0
const lineSchema = z
  .string()
  .regex(/^\d{1,18}:\d{1,15}(\.\d{1,20})?$/)
  .transform((text) => {
    const [productId = '', amount = ''] = text.split(':');
    return { productId: BigInt(productId), amount };
  });
const questionSchema = z.object({
  total: amount,
  tax: amount.optional(),
  shipping: amount.optional(),
  currency: z.string().regex(/^[A-Z]{3}$/),
  lines: z.array(lineSchema).max(mostLines),
});

/**
 * Points for the shopper at checkout: `GET ?total=100.00&currency=EUR`, with the session token Shopify gives extensions. The
 * shop and the customer come from the token alone. Optional `tax` and `shipping` are the parts of the total that may not
 * count, and `line` (as often as there are lines: `line=<product id>:<amount>`) what campaigns count more often, and which goods
 * earn. Of an order of more than 100 lines the checkout tells 99 and the sum of the rest as product 0: of that campaigns for all
 * goods are known, those for chosen goods are not, and it is not promised points where only chosen goods earn or some don't.
 * What is announced is then an estimate; what is earned is not.
 */
export async function loader({ request }: LoaderFunctionArgs): Promise<Response> {
  return answerShopperRequest(request, async ({ shopId, shopifyCustomerId }) => {
    const { searchParams } = new URL(request.url);
    const asked = { ...Object.fromEntries(searchParams), lines: searchParams.getAll('line') };
    const question = questionSchema.safeParse(asked);
    if (!question.success) {
      const error =
        'Say total as a decimal, such as 100.00, currency as three letters, such as EUR, and lines as 123:10.00.';
      return { status: 400, body: { error } };
    }
    if (shopId === null) return { status: 200, body: { status: 'off' } };
    const input = { ...question.data, shopId, shopifyCustomerId, now: clock.now() };
    return { status: 200, body: await answerShopper(input) };
  });
}
