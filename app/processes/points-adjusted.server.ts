import { getProfile, recomputeTraits, recordTimeline } from '~/modules/customers/index.server';
import { adjustPoints } from '~/modules/loyalty/index.server';
import type { AdjustPointsInput, Balance } from '~/modules/loyalty/types';
import type { Tx } from '~/platform/db/index.server';
import { rewardsReached } from './rewards-reached.server';

/**
 * A member of staff adds or takes points: the ledger, the timeline, the figures of the customer. Idempotent by `key`. Throws
 * what `adjustPoints` throws, and `not_found` for a customer who is not there. Returns the balance afterwards.
 */
export async function pointsAdjusted(tx: Tx, input: AdjustPointsInput): Promise<Balance> {
  const { shopId, profileId, points, key, now } = input;
  await getProfile(tx, { shopId, profileId });
  const balance = await adjustPoints(tx, input);
  await recordTimeline(tx, {
    shopId,
    events: [{ profileId, kind: 'points_adjusted', key: `adjust:${key}`, occurredAt: now, data: { points } }],
  });
  await rewardsReached(tx, { shopId, profileIds: [profileId], now });
  await recomputeTraits(tx, { shopId, profileIds: [profileId], now });
  return balance;
}
