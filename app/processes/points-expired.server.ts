import { recomputeTraits, recordTimeline } from '~/modules/customers/index.server';
import { closeLedgerDays, expirePoints } from '~/modules/loyalty/index.server';
import { clock } from '~/platform/clock.server';
import { withShop } from '~/platform/db/index.server';
import { pointsExpiring } from './points-expiring.server';

const timeoutMs = 10 * 60_000; // the first closing of a large shop reads its whole ledger

/**
 * The day's work on the points of a shop: takes those that are due, batch by batch, warns those whose points are due soon,
 * then closes the days that are over. That comes last, because a shop whose days are closed is not looked at again that day.
 */
export async function pointsExpired(shopId: number): Promise<void> {
  for (let after: bigint | null = 0n; after !== null;) {
    const from: bigint = after;
    after = await withShop(shopId, async (tx) => {
      const now = clock.now();
      const { expired, next } = await expirePoints(tx, { shopId, now, after: from });
      await recordTimeline(tx, {
        shopId,
        events: expired.map(({ profileId, key, points }) => ({
          profileId,
          kind: 'points_expired',
          key,
          occurredAt: now,
          data: { points },
        })),
      });
      await recomputeTraits(tx, { shopId, profileIds: expired.map(({ profileId }) => profileId), now });
      return next;
    });
  }
  await pointsExpiring(shopId);
  await withShop(shopId, (tx) => closeLedgerDays(tx, { shopId, now: clock.now() }), { timeoutMs });
}
