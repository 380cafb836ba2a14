import {
  oweStandings,
  pushStandings,
  standingsInShopify,
  takeStandingChanges,
} from '~/modules/loyalty/index.server';
import type { StandingPlace } from '~/modules/loyalty/types';
import { getShop } from '~/modules/shops/index.server';
import { clock } from '~/platform/clock.server';
import { withShop } from '~/platform/db/index.server';
import { shopifyClient } from '~/platform/shopify/index.server';
import { signalsRecorded } from './signals-recorded.server';

const taken = 1_000;

/**
 * Tells Shopify where customers stand who moved since. A shop that left is told nothing. `place` is where standings live,
 * Shopify unless told otherwise. Returns whether more is left than one run does.
 */
export async function standingsTold(shopId: number, place?: StandingPlace): Promise<{ more: boolean }> {
  const shop = await withShop(shopId, (tx) => getShop(tx, { shopId }));
  if (shop.status !== 'active') return { more: false };
  while ((await noteChanges(shopId)) === taken);
  return pushStandings({
    shopId,
    now: () => clock.now(),
    place: place ?? standingsInShopify(shopifyClient(shop.domain)),
  });
}

/** Turns notes of who moved into customers to look at and news for Flow. All in one transaction: none is lost. */
async function noteChanges(shopId: number): Promise<number> {
  return withShop(shopId, async (tx) => {
    const changes = await takeStandingChanges(tx, { shopId, limit: taken });
    const profileIds = [...new Set(changes.map(({ profileId }) => profileId))];
    await oweStandings(tx, { shopId, profileIds, now: clock.now() });
    await signalsRecorded(tx, { shopId, changes, now: clock.now() });
    return changes.length;
  });
}
