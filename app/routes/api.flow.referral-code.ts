import type { ActionFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { answerFlowCall } from '~/flow-call.server';
import { clock } from '~/platform/clock.server';
import { withShop } from '~/platform/db/index.server';
import { flowCustomerId, flowRunId } from '~/platform/flow-fields';
import { flowCodeCreated } from '~/processes/flow-code-created.server';

const callSchema = z.object({
  action_run_id: flowRunId,
  properties: z.object({ customer_id: flowCustomerId }),
});

/** The action "Create referral code" of Shopify Flow. A customer has one code, however often it is asked for. */
export async function action({ request }: ActionFunctionArgs): Promise<Response> {
  return answerFlowCall(request, callSchema, async ({ shopId, body }) => {
    const { customer_id: shopifyCustomerId } = body.properties;
    const made = await withShop(shopId, (tx) =>
      flowCodeCreated(tx, { shopId, shopifyCustomerId, now: clock.now() }),
    );
    return { return_value: made };
  });
}
