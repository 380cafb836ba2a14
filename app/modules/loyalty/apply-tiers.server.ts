import { listOwners } from '~/modules/orders/index.server';
import type { Tx } from '~/platform/db/index.server';
import { applyTierRewards } from './apply-tier-rewards.server';
import { listLostGifts } from './benefits/list-lost-gifts.server';
import { lockTiers } from './lock-tiers.server';
import { programmeInForce, standingOf, tierRise } from './qualifying-history';
import { readStandings } from './read-standings.server';
import { readTierPeople } from './read-tier-people.server';
import { readTierProgrammes } from './read-tier-programmes.server';
import { saveStandings } from './save-standings.server';
import { updateOrderMultipliers } from './update-order-multipliers.server';

/** Somebody rose into a tier by an order. The same rise is told again when the same tier is lost and reached in one span. */
export interface TierRise {
  profileId: bigint;
  tierId: number;
  times: number; // the how manieth span in which they reached it
  at: Date; // of the order
}

export interface ApplyTiersInput {
  shopId: number;
  orderIds?: bigint[]; // whose people were touched
  profileIds?: bigint[]; // touched otherwise
  now: Date;
}

interface AppliedTiers {
  orderIds: bigint[];
  profileIds: bigint[];
  risen: TierRise[];
  lostGifts: bigint[]; // redemptions, for `withdrawTierGifts`
}
const nothing: AppliedTiers = { orderIds: [], profileIds: [], risen: [], lostGifts: [] };

/**
 * Computes anew, from everything known of these people: which tier each is in, how often the points of each of their orders
 * count, and what reaching tiers has earned them; and writes and posts what differs. Set-wise, idempotent; the result does
 * not depend on the order in which facts came. Comes before `applyOrderPoints`.
 *
 * Returns the orders whose points count differently now, the people whose balance changed, and who rose since it was last
 * computed, and gifts of tiers they turn out not to have reached. A shop without tiers costs one query.
 */
export async function applyTiers(tx: Tx, input: ApplyTiersInput): Promise<AppliedTiers> {
  const { shopId, now } = input;
  const programmes = await readTierProgrammes(tx, { shopId });
  const programme = programmeInForce(programmes, now);
  if (!programme) return nothing;
  const owners = await listOwners(tx, { shopId, orderIds: input.orderIds ?? [] });
  const profileIds = await rememberedPeople(tx, shopId, [...owners, ...(input.profileIds ?? [])]);
  if (profileIds.length === 0) return nothing;
  await lockTiers(tx, { shopId });
  const withRules = programmes.some(({ basis }) => basis === 'points_earned');
  const people = await readTierPeople(tx, { shopId, profileIds, withRules, now });
  const standings = profileIds.flatMap((profileId) => {
    const orders = people.orders.get(profileId);
    return orders
      ? [{ profileId, ...standingOf(orders, programme, { now, timeZone: people.timeZone }) }]
      : [];
  });
  const before = await readStandings(tx, { shopId, profileIds });
  await saveStandings(tx, { shopId, version: programme.version, profileIds, standings, now });
  const { orderIds } = await updateOrderMultipliers(tx, { shopId, programmes, people });
  const rewarded = await applyTierRewards(tx, { shopId, profileIds, programmes, people, now });
  const risen = standings.flatMap(({ profileId, tier }) => {
    const orders = people.orders.get(profileId) ?? [];
    const moment = { now, timeZone: people.timeZone, before: before.get(profileId) };
    const rise = tier && tierRise(orders, programmes, { ...moment, tier });
    return tier && rise ? [{ profileId, tierId: tier.id, ...rise }] : [];
  });
  const lostGifts = await listLostGifts(tx, { shopId, profileIds, programmes, people, now });
  return { orderIds, profileIds: rewarded.profileIds, risen, lostGifts };
}

/** Whoever was erased keeps what they had: nothing is computed about them any more. */
async function rememberedPeople(tx: Tx, shopId: number, profileIds: bigint[]): Promise<bigint[]> {
  const rows = await tx.profile.findMany({
    where: { shopId, id: { in: [...new Set(profileIds)] }, redactedAt: null },
    select: { id: true },
    orderBy: { id: 'asc' },
  });
  return rows.map(({ id }) => id);
}
