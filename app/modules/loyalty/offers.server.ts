import { getShop } from '~/modules/shops/index.server';
import { withShop } from '~/platform/db/index.server';
import { remember } from '~/platform/remember.server';
import { programmeInForce } from './qualifying-history';
import { readTierProgrammes } from './read-tier-programmes.server';
import { listAllowedKinds } from './rewards/needed-scope';
import { readReward } from './rewards/read-reward.server';
import type { Reward } from './rewards/reward';
import type { TierProgramme } from './types';

/** What a shop offers its members: the same for everybody, and rarely changed. */
export interface Offers {
  tiers: TierProgramme | null; // null: none, or switched off
  rewards: Reward[]; // those switched on that the shop has allowed, cheapest first
}

interface Kept {
  offers: Offers;
  readAt: number;
}

declare global {
  interface PerennialSingletons {
    offers: Map<number, Kept>;
  }
}

const freshForMs = 30_000;
const maxKept = 10_000;
const maxRewards = 100;
const kept = remember('offers', () => new Map<number, Kept>());

/** A shop's present tiers and rewards, kept for up to 30 seconds: shoppers ask at every change of the total. */
export async function readOffers(shopId: number, now: Date): Promise<Offers> {
  const known = kept.get(shopId);
  if (known && performance.now() - known.readAt < freshForMs) return known.offers;
  const offers = await withShop(shopId, async (tx) => {
    const programme = programmeInForce(await readTierProgrammes(tx, { shopId }), now);
    const { scopes } = await getShop(tx, { shopId });
    const rewards = await tx.reward.findMany({
      where: { shopId, enabled: true, kind: { in: listAllowedKinds(scopes) } },
      orderBy: [{ points: 'asc' }, { id: 'asc' }],
      take: maxRewards,
    });
    return { tiers: programme?.enabled ? programme : null, rewards: rewards.map(readReward) };
  });
  if (kept.size >= maxKept) kept.clear();
  kept.set(shopId, { offers, readAt: performance.now() });
  return offers;
}

/** Called by what changes tiers, rewards or what the shop allows, so that this process sees it at once; others within 30 seconds. */
export function forgetOffers(shopId: number): void {
  kept.delete(shopId);
}
