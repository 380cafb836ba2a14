import { ensureFlows } from '~/modules/flows/index.server';
import { applyAllowedKinds, ensureEarnRule } from '~/modules/loyalty/index.server';
import { activateShop, applyShopFact } from '~/modules/shops/index.server';
import type { ShopFact } from '~/modules/shops/types';
import type { Tx } from '~/platform/db/index.server';

interface ShopInstalled {
  shopId: number;
  fact: ShopFact;
  now: Date;
}

/** A shop has installed the app, or came back: what it needs is there, and its deliveries are processed from now on. Idempotent. */
export async function shopInstalled(tx: Tx, { shopId, fact, now }: ShopInstalled): Promise<void> {
  await applyShopFact(tx, { shopId, fact });
  await applyAllowedKinds(tx, { shopId, now });
  await ensureEarnRule(tx, { shopId, now });
  await ensureFlows(tx, { shopId, now });
  await activateShop(tx, { shopId, now });
}
