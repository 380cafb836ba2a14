import { findProfileByCustomer, recomputeTraits, recordTimeline } from '~/modules/customers/index.server';
import { applyEarnEvents, findEarned, listEarnActions } from '~/modules/loyalty/index.server';
import { isoDayIn, visitKey } from '~/modules/loyalty/types';
import { findShopByDomain, getShop } from '~/modules/shops/index.server';
import { withShop } from '~/platform/db/index.server';
import { rewardsReached } from './rewards-reached.server';

export interface SocialVisit {
  shopDomain: string; // out of Shopify's signature
  shopifyCustomerId: bigint | null; // likewise; null: not signed in
  now: Date;
}

const code = 'social_visit';

/**
 * Somebody follows our link to the shop's page elsewhere. Who is signed in and known earns what it gives, once per period of
 * its cap however often they click; it is on their timeline. Returns where the link leads, for everybody; null when the shop
 * has no such link.
 */
export async function socialVisited({
  shopDomain,
  shopifyCustomerId,
  now,
}: SocialVisit): Promise<string | null> {
  const shop = await findShopByDomain(shopDomain);
  if (shop?.status !== 'active') return null;
  const shopId = shop.id;
  return withShop(shopId, async (tx) => {
    const action = (await listEarnActions(tx, { shopId })).find((one) => one.code === code);
    if (!action?.enabled || action.url === null) return null;
    const profileId =
      shopifyCustomerId === null ? null : await findProfileByCustomer(tx, { shopId, shopifyCustomerId });
    if (profileId === null) return action.url;
    const { timeZone } = await getShop(tx, { shopId });
    const key = visitKey(profileId, action.capPeriod, isoDayIn(timeZone, now));
    const happenings = [{ profileId, code, key, occurredAt: now }];
    const { profileIds, fresh } = await applyEarnEvents(tx, { shopId, happenings, now });
    if (fresh.has(key)) {
      const data = { title: action.title, points: await findEarned(tx, { shopId, code, key }) };
      const entry = {
        profileId,
        kind: 'event_earned' as const,
        key: `${code}:${key}`,
        occurredAt: now,
        data,
      };
      await recordTimeline(tx, { shopId, events: [entry] });
    }
    await rewardsReached(tx, { shopId, profileIds, now });
    await recomputeTraits(tx, { shopId, profileIds, now });
    return action.url;
  });
}
