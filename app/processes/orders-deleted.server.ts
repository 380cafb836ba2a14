import { applyOrderCommissions } from '~/modules/affiliates/index.server';
import { recomputeTraits } from '~/modules/customers/index.server';
import { applyOrderRedemptions } from '~/modules/loyalty/index.server';
import { applyOrderDeletions } from '~/modules/orders/index.server';
import type { OrderDeletedFact } from '~/modules/orders/types';
import type { Tx } from '~/platform/db/index.server';
import { closeAndCreditCarts } from './orders-changed.server';
import { postPointsAndTiers } from './post-points-and-tiers.server';
import { settleReferrals } from './settle-referrals.server';

/** Orders were deleted: they stay, and count no more. */
export async function ordersDeleted(
  tx: Tx,
  input: { shopId: number; facts: OrderDeletedFact[]; now: Date; historic: boolean },
): Promise<void> {
  const { shopId, facts, now } = input;
  const { orderIds, profileIds } = await applyOrderDeletions(tx, { shopId, facts, now });
  const carts = await closeAndCreditCarts(tx, { shopId, orderIds, now });
  const points = await postPointsAndTiers(tx, { shopId, orderIds, profileIds, now });
  const rewards = await applyOrderRedemptions(tx, { shopId, orderIds, now });
  const referrals = await settleReferrals(tx, { shopId, orderIds, friendIds: profileIds, now });
  await applyOrderCommissions(tx, { shopId, orderIds, profileIds, now });
  const changed = [carts, points, rewards, referrals].flatMap((after) => after.profileIds);
  await recomputeTraits(tx, { shopId, profileIds: [...profileIds, ...changed], now });
}
