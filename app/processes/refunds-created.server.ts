import { applyOrderCommissions } from '~/modules/affiliates/index.server';
import { recomputeTraits, recordTimeline } from '~/modules/customers/index.server';
import { applyOrderRedemptions } from '~/modules/loyalty/index.server';
import { applyRefundFacts, listOrderHappenings } from '~/modules/orders/index.server';
import type { RefundFact } from '~/modules/orders/types';
import type { Tx } from '~/platform/db/index.server';
import { closeAndCreditCarts } from './orders-changed.server';
import { postPointsAndTiers } from './post-points-and-tiers.server';
import { settleReferrals } from './settle-referrals.server';

/** Money went back. Where the order is not known yet, the refund waits for it and takes effect in orders-changed. */
export async function refundsCreated(
  tx: Tx,
  input: { shopId: number; facts: RefundFact[]; now: Date; historic: boolean },
): Promise<void> {
  const { shopId, facts, now } = input;
  const { orderIds } = await applyRefundFacts(tx, { shopId, facts, now });
  const carts = await closeAndCreditCarts(tx, { shopId, orderIds, now });
  const points = await postPointsAndTiers(tx, { shopId, orderIds, profileIds: [], now });
  const rewards = await applyOrderRedemptions(tx, { shopId, orderIds, now });
  const referrals = await settleReferrals(tx, { shopId, orderIds, now });
  await applyOrderCommissions(tx, { shopId, orderIds, profileIds: [], now });
  const events = await listOrderHappenings(tx, { shopId, orderIds });
  await recordTimeline(tx, { shopId, events });
  const profileIds = [
    ...events.flatMap(({ profileId }) => profileId ?? []),
    ...carts.profileIds,
    ...points.profileIds,
    ...rewards.profileIds,
    ...referrals.profileIds,
  ];
  await recomputeTraits(tx, { shopId, profileIds, now });
}
