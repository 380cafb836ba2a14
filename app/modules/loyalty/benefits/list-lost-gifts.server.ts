import type { Tx } from '~/platform/db/index.server';
import type { TierRewardsInput } from '../apply-tier-rewards.server';
import { countReaches } from '../qualifying-history';

/**
 * The unused gifts of these people for reaching a tier that, by all that is known now, they have not reached (so often): its
 * order was refunded, cancelled or is somebody else's. Time and other terms take no gift away. One query.
 */
export async function listLostGifts(tx: Tx, input: TierRewardsInput): Promise<bigint[]> {
  const { shopId, profileIds, programmes, people, now } = input;
  const gifts = await tx.$queryRaw<{ id: bigint; profile_id: bigint; key: string }[]>`
    SELECT id, profile_id, key FROM redemptions
    WHERE shop_id = ${shopId} AND profile_id = ANY (${profileIds}::bigint[]) AND key LIKE 'tier:%' AND points = 0
      AND cancel_requested_at IS NULL
      AND (state = 'reserved' AND sent_at IS NULL OR state = 'confirmed' AND terms ->> 'kind' <> 'store_credit')`;
  return gifts.flatMap(({ id, profile_id: profileId, key }) => {
    const [, tier, times] = /^tier:(\d+):\d+:(\d+)$/.exec(key) ?? [];
    if (tier === undefined || times === undefined) return [];
    const orders = people.orders.get(profileId) ?? [];
    const reached = countReaches(orders, programmes, Number(tier), { now, timeZone: people.timeZone });
    return Number(times) > reached ? [id] : [];
  });
}
