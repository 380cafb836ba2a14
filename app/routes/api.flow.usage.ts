import type { ActionFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { answerFlowCall } from '~/flow-call.server';
import { recordSignalUse } from '~/modules/signals/index.server';
import { withShop } from '~/platform/db/index.server';

const callSchema = z.object({
  flow_trigger_definition_id: z.union([z.string().min(1).max(200), z.int()]).transform(String),
  has_enabled_flow: z.boolean(),
  timestamp: z.iso.datetime({ offset: true }).transform((text) => new Date(text)),
});

/** Shopify tells that a workflow with one of our triggers was switched on, or the last one off. Repeating it changes nothing. */
export async function action({ request }: ActionFunctionArgs): Promise<Response> {
  return answerFlowCall(request, callSchema, async ({ shopId, body }) => {
    const { flow_trigger_definition_id: triggerId, has_enabled_flow: inUse, timestamp: toldAt } = body;
    await withShop(shopId, (tx) => recordSignalUse(tx, { shopId, triggerId, inUse, toldAt }));
    return {};
  });
}
