import type { Tx } from '~/platform/db/index.server';
import { applyOrderPoints } from './apply-order-points.server';
import { settleEarnings } from './earning/settle-earnings.server';

export interface ReleasePendingInput {
  shopId: number;
  now: Date;
  limit?: number; // orders, and other happenings, at most; 500 when not told
}

/**
 * Makes pending points spendable whose hold is over at `now`. Idempotent. Returns whose balance changed, and whether there
 * may be more due.
 */
export async function releasePending(
  tx: Tx,
  { shopId, now, limit = 500 }: ReleasePendingInput,
): Promise<{ profileIds: bigint[]; more: boolean }> {
  const due = await tx.pointHold.findMany({
    where: { shopId, dueAt: { lte: now } },
    orderBy: { dueAt: 'asc' },
    take: limit,
    select: { orderId: true },
  });
  const orderIds = due.map((hold) => hold.orderId);
  const { profileIds } = await applyOrderPoints(tx, { shopId, orderIds, now });
  // An order that is not there any more is never judged again: its hold goes with it.
  await tx.pointHold.deleteMany({ where: { shopId, orderId: { in: orderIds }, dueAt: { lte: now } } });
  const others = await tx.earnEvent.findMany({
    where: { shopId, dueAt: { lte: now } },
    orderBy: { dueAt: 'asc' },
    take: limit,
    select: { profileId: true },
  });
  const people = [...new Set(others.map(({ profileId }) => profileId))];
  const earned = await settleEarnings(tx, { shopId, profileIds: people, now });
  return {
    profileIds: [...profileIds, ...earned.profileIds],
    more: due.length === limit || others.length === limit,
  };
}
