import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { clock } from '~/platform/clock.server';
import { shopperRedeemed } from '~/processes/shopper-redeemed.server';
import { answerShopperRequest, readJson, refuse } from '~/shopper.server';

const commandSchema = z.object({
  rewardId: z
    .string()
    .regex(/^\d{1,18}$/)
    .transform(BigInt),
  key: z.string().min(8).max(100),
});

/** Remix hands the preflight to the loader; there is nothing else to get here. */
export async function loader({ request }: LoaderFunctionArgs): Promise<Response> {
  return answerShopperRequest(request, async () => ({
    status: 405,
    body: { error: 'Rewards are redeemed with POST.' },
  }));
}

/**
 * A shopper redeems a reward: `POST {rewardId, key}` with the session token of a checkout or customer account extension. The
 * shop and the customer come from the token alone. `key` is made by the extension for one press of the button; sending it
 * again answers the same. 200 `{status: 'ready', code, title, expiresAt}`, or 202 `{status: 'preparing'}` when Shopify is
 * slow: the code then follows by itself. Otherwise `{error, reason}`.
 */
export async function action({ request }: ActionFunctionArgs): Promise<Response> {
  return answerShopperRequest(request, async ({ shopId, shopifyCustomerId }) => {
    if (request.method !== 'POST') return refuse(405, 'method', 'Rewards are redeemed with POST.');
    const command = commandSchema.safeParse(await readJson(request));
    if (!command.success)
      return refuse(400, 'invalid', 'Say rewardId as digits and a key of 8 to 100 characters.');
    if (shopId === null) return refuse(404, 'off', 'This shop offers no rewards right now.');
    if (shopifyCustomerId === null) return refuse(403, 'guest', 'Sign in to redeem rewards.');
    const redemption = await shopperRedeemed({
      ...command.data,
      shopId,
      shopifyCustomerId,
      now: clock.now(),
    });
    if (redemption.state === 'reserved') return { status: 202, body: { status: 'preparing' } };
    if (redemption.state !== 'confirmed')
      return refuse(409, 'spent', 'This code was used or given back already. Choose the reward again.');
    const { code, terms, expiresAt } = redemption;
    return { status: 200, body: { status: 'ready', code, title: terms.title, expiresAt } };
  });
}
