import type { LoaderFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { answerAccount } from '~/modules/loyalty/index.server';
import { clock } from '~/platform/clock.server';
import { advocateSeen } from '~/processes/advocate-seen.server';
import { answerShopperRequest } from '~/shopper.server';

const cursorSchema = z
  .string()
  .regex(/^\d{1,18}$/)
  .nullable();

/**
 * A customer's points, tier, rewards, codes and history: `GET ?cursor=` (of the page before), with the session token of a
 * customer account extension. The shop and the customer come from the token alone.
 */
export async function loader({ request }: LoaderFunctionArgs): Promise<Response> {
  return answerShopperRequest(request, async ({ shopId, shopifyCustomerId }) => {
    const cursor = cursorSchema.safeParse(new URL(request.url).searchParams.get('cursor'));
    if (!cursor.success)
      return { status: 400, body: { error: 'The cursor is none of ours.', reason: 'invalid' } };
    if (shopId === null) return { status: 200, body: { status: 'off' } };
    if (shopifyCustomerId === null)
      return { status: 403, body: { error: 'Sign in to see your points.', reason: 'guest' } };
    await advocateSeen(request, { shopId, shopifyCustomerId });
    const asked = { shopId, shopifyCustomerId, cursor: cursor.data, now: clock.now() };
    return { status: 200, body: await answerAccount(asked) };
  });
}
