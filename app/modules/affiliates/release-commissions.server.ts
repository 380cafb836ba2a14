import type { Tx } from '~/platform/db/index.server';
import { applyOrderCommissions } from './apply-order-commissions.server';

/** Makes commissions payable whose hold is over, at most `limit` orders at once. Returns how many there were. Idempotent. */
export async function releaseCommissions(
  tx: Tx,
  { shopId, limit, now }: { shopId: number; limit: number; now: Date },
): Promise<number> {
  const due = await tx.affiliateOrder.findMany({
    where: { shopId, dueAt: { lte: now } },
    orderBy: { dueAt: 'asc' },
    take: limit,
    select: { orderId: true },
  });
  const orderIds = due.map(({ orderId }) => orderId);
  if (orderIds.length > 0) await applyOrderCommissions(tx, { shopId, orderIds, profileIds: [], now });
  return orderIds.length;
}
