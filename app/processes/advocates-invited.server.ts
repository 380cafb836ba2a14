import { enrol, hasEnabledFlow } from '~/modules/flows/index.server';
import { listPaidOrders } from '~/modules/orders/index.server';
import { findProgramme } from '~/modules/referrals/index.server';
import type { Tx } from '~/platform/db/index.server';

/** An order that is told later than this is no news: an old one that was edited. */
const newsMs = 3 * 24 * 60 * 60 * 1_000;

/**
 * Orders were paid: whoever paid one enters the flow that invites to recommend the shop, at most once per rest of that flow.
 * A shop that has it off pays one small query. Idempotent: the key of a run is the order.
 */
export async function advocatesInvited(
  tx: Tx,
  input: { shopId: number; orderIds: bigint[]; now: Date },
): Promise<void> {
  const { shopId, orderIds, now } = input;
  if (orderIds.length === 0 || !(await hasEnabledFlow(tx, { shopId, flowKey: 'referral_invitation' })))
    return;
  const programme = await findProgramme(tx, { shopId });
  if (!programme?.enabled) return;
  const orders = await listPaidOrders(tx, { shopId, orderIds, since: new Date(now.getTime() - newsMs) });
  const entries = orders.map(({ orderId, profileId, paidAt }) => ({
    profileId,
    runKey: String(orderId),
    context: { orderId: String(orderId) },
    occurredAt: paidAt,
  }));
  await enrol(tx, { shopId, trigger: 'order_paid', entries, now });
}
