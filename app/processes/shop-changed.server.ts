import { applyAllowedKinds } from '~/modules/loyalty/index.server';
import { applyShopFact } from '~/modules/shops/index.server';
import type { ShopFact } from '~/modules/shops/types';
import type { Tx } from '~/platform/db/index.server';

/**
 * The merchant changed the shop's name, currency, time zone or what the app may do; rewards of kinds that are allowed now
 * are offered and given. Facts in the order they were told.
 */
export async function shopChanged(
  tx: Tx,
  { shopId, facts, now }: { shopId: number; facts: ShopFact[]; now: Date },
): Promise<void> {
  for (const fact of facts) await applyShopFact(tx, { shopId, fact });
  if (facts.some(({ scopes }) => scopes)) await applyAllowedKinds(tx, { shopId, now });
}
