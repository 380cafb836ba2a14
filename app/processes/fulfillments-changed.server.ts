import { recordTimeline } from '~/modules/customers/index.server';
import { applyFulfillmentFacts, listOrderHappenings } from '~/modules/orders/index.server';
import type { FulfillmentFact } from '~/modules/orders/types';
import type { Tx } from '~/platform/db/index.server';

/** Parcels were sent or moved on. Where the order is not known yet, its timeline learns of them in orders-changed. */
export async function fulfillmentsChanged(
  tx: Tx,
  input: { shopId: number; facts: FulfillmentFact[]; now: Date; historic: boolean },
): Promise<void> {
  const { shopId, facts, now } = input;
  const { orderIds } = await applyFulfillmentFacts(tx, { shopId, facts, now });
  await recordTimeline(tx, { shopId, events: await listOrderHappenings(tx, { shopId, orderIds }) });
}
