import { carryOutShopRedactions } from '~/modules/privacy/index.server';
import type { ShopRedactFact } from '~/modules/privacy/types';
import type { Tx } from '~/platform/db/index.server';

/** 48 hours after the app was removed: everything of the shop goes. Afterwards the shop does not exist for us. */
export async function shopRedacted(
  tx: Tx,
  input: { shopId: number; facts: ShopRedactFact[]; now: Date },
): Promise<void> {
  await carryOutShopRedactions(tx, input);
}
