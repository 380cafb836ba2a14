import { shopifyCodes } from '~/modules/loyalty/index.server';
import type { RewardCodes } from '~/modules/loyalty/types';
import { getShop } from '~/modules/shops/index.server';
import { withShop } from '~/platform/db/index.server';
import { shopifyClient } from '~/platform/shopify/index.server';

/** Where the codes of a shop's rewards live: its Shopify. */
export async function rewardCodesOf(shopId: number): Promise<RewardCodes> {
  const { domain } = await withShop(shopId, (tx) => getShop(tx, { shopId }));
  return shopifyCodes(shopifyClient(domain));
}
