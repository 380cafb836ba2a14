import { applyOrderCommissions } from '~/modules/affiliates/index.server';
import { repointCarts } from '~/modules/carts/index.server';
import { mergeConsents } from '~/modules/consent/index.server';
import { recordTimeline, takeRepoints } from '~/modules/customers/index.server';
import { mergeRuns } from '~/modules/flows/index.server';
import {
  mergeEarnings,
  mergeLedger,
  mergeRedemptions,
  recordStandingChanges,
} from '~/modules/loyalty/index.server';
import { mergeMessages } from '~/modules/messaging/index.server';
import { listOrderHappenings, repointOrders } from '~/modules/orders/index.server';
import type { Tx } from '~/platform/db/index.server';
import { mergeReferrals } from '~/modules/referrals/index.server';
import { postPointsAndTiers } from './post-points-and-tiers.server';
import { settleReferrals } from './settle-referrals.server';

/**
 * People turned out to be one, or an address changed hands: everything they have, in every module, goes to the person
 * there is now. Comes after whatever resolved people, in the same transaction. Returns whose traits have changed.
 */
export async function settlePeople(
  tx: Tx,
  input: { shopId: number; now: Date },
): Promise<{ profileIds: bigint[] }> {
  const { shopId, now } = input;
  const { merges, moves } = await takeRepoints(tx, { shopId });
  if (merges.length === 0 && moves.length === 0) return { profileIds: [] };

  const { orderIds } = await repointOrders(tx, { shopId, merges, moves });
  await repointCarts(tx, { shopId, merges, moves });
  await mergeConsents(tx, { shopId, merges, now });
  await mergeMessages(tx, { shopId, merges });
  await mergeRuns(tx, { shopId, merges, now });
  await mergeLedger(tx, { shopId, merges, now });
  await mergeRedemptions(tx, { shopId, merges });
  await mergeEarnings(tx, { shopId, merges, now });
  await mergeReferrals(tx, { shopId, merges, moves });
  const people = [...merges, ...moves].flatMap(({ fromProfileId, intoProfileId }) => [
    fromProfileId,
    intoProfileId,
  ]);
  const moved = moves.length > 0 ? orderIds : [];
  await postPointsAndTiers(tx, { shopId, orderIds: moved, profileIds: people, now });
  const referrals = await settleReferrals(tx, { shopId, orderIds: moved, profileIds: people, now });
  await applyOrderCommissions(tx, { shopId, orderIds, profileIds: people, now });
  await recordStandingChanges(tx, { shopId, profileIds: people, now });
  if (moves.length > 0) {
    await recordTimeline(tx, { shopId, events: await listOrderHappenings(tx, { shopId, orderIds }) });
  }
  return { profileIds: [...new Set([...people, ...referrals.profileIds])] };
}
