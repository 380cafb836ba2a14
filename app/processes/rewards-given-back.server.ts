import { recomputeTraits, recordTimeline } from '~/modules/customers/index.server';
import type { Redemption } from '~/modules/loyalty/types';
import type { Tx } from '~/platform/db/index.server';

/** What follows when the points of rewards went back: the timeline says so, and the balance is shown. Idempotent. */
export async function rewardsGivenBack(
  tx: Tx,
  input: { shopId: number; back: Redemption[]; now: Date; deleted?: boolean },
): Promise<void> {
  const { shopId, back, now, deleted } = input;
  const events = back.map(({ profileId, code, points, terms }) => ({
    profileId,
    kind: 'reward_cancelled' as const,
    key: code,
    occurredAt: now,
    data: { title: terms.title, points, ...(deleted && { deleted }) },
  }));
  await recordTimeline(tx, { shopId, events });
  await recomputeTraits(tx, { shopId, profileIds: back.map(({ profileId }) => profileId), now });
}
