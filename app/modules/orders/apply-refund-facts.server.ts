import type { Tx } from '~/platform/db/index.server';
import { recomputeOrderFigures } from './recompute-order-figures.server';
import { storeRefunds } from './store-refunds.server';
import type { RefundFact } from './types';

/**
 * Stores refunds; those of orders not known yet are kept and count when the order comes. Idempotent by refund id.
 * Returns the ids of their orders, known or not.
 */
export async function applyRefundFacts(
  tx: Tx,
  input: { shopId: number; facts: RefundFact[]; now: Date },
): Promise<{ orderIds: bigint[] }> {
  const { shopId, facts } = input;
  const orderIds = [...new Set(facts.map(({ orderId }) => orderId))];
  await storeRefunds(tx, { shopId, facts });
  await recomputeOrderFigures(tx, { shopId, orderIds });
  return { orderIds };
}
