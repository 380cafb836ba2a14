import type { Tx } from '~/platform/db/index.server';
import { applyOrderCommissions } from './apply-order-commissions.server';

/** Judges orders again of whose goods something was told since, at most `limit` at once. Returns how many there were. Idempotent. */
export async function applyToldGoods(
  tx: Tx,
  { shopId, limit, now }: { shopId: number; limit: number; now: Date },
): Promise<number> {
  const told = await tx.affiliateOrder.findMany({
    where: { shopId, toldAt: { not: null } },
    orderBy: { toldAt: 'asc' },
    take: limit,
    select: { orderId: true },
  });
  const orderIds = told.map(({ orderId }) => orderId);
  if (orderIds.length > 0) await applyOrderCommissions(tx, { shopId, orderIds, profileIds: [], now });
  return orderIds.length;
}
