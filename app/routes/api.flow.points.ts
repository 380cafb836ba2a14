import type { ActionFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { answerFlowCall } from '~/flow-call.server';
import { clock } from '~/platform/clock.server';
import { withShop } from '~/platform/db/index.server';
import { flowCustomerId, flowRunId } from '~/platform/flow-fields';
import { flowPointsAdded } from '~/processes/flow-points-added.server';

const pointsError = { error: 'Points must be a whole number from 1 to 1,000,000.' };
const callSchema = z.object({
  action_run_id: flowRunId,
  properties: z.object({
    customer_id: flowCustomerId,
    points: z.coerce.number(pointsError).int(pointsError).min(1, pointsError).max(1_000_000, pointsError),
    reason: z.string().trim().max(500, { error: 'The reason has at most 500 characters.' }).nullish(),
  }),
});

/** The action "Add loyalty points" of Shopify Flow. Idempotent by `action_run_id`. */
export async function action({ request }: ActionFunctionArgs): Promise<Response> {
  return answerFlowCall(request, callSchema, async ({ shopId, body }) => {
    const { customer_id: shopifyCustomerId, points, reason } = body.properties;
    const { points: balance } = await withShop(shopId, (tx) =>
      flowPointsAdded(tx, {
        shopId,
        shopifyCustomerId,
        points,
        reason: reason ?? null,
        runId: body.action_run_id,
        now: clock.now(),
      }),
    );
    return { balance };
  });
}
