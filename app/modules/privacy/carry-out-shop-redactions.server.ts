import { getShop } from '~/modules/shops/index.server';
import type { Tx } from '~/platform/db/index.server';
import { log } from '~/platform/log.server';
import { eraseShop } from './erase-shop.server';
import { openRequests } from './open-requests.server';
import type { ShopRedactFact } from './types';

const rowsAtOnce = 20_000;

/**
 * Erases the shop; a big one begins to go now and is finished by the sweep. A request from before the app was installed
 * again is of the past life of the shop and changes nothing.
 */
export async function carryOutShopRedactions(
  tx: Tx,
  input: { shopId: number; facts: ShopRedactFact[] },
): Promise<void> {
  const { shopId } = input;
  const { installedAt } = await getShop(tx, { shopId });
  const facts = input.facts.filter(({ requestedAt }) => requestedAt >= installedAt);
  if (facts.length === 0) return;
  await openRequests(tx, { shopId, kind: 'shop_redact', facts });
  await continueErasure(tx, { shopId });
}

/** The next part of an erasure that was begun. */
export async function continueErasure(
  tx: Tx,
  { shopId }: { shopId: number },
): Promise<{ finished: boolean }> {
  const { finished } = await eraseShop(tx, { shopId, limit: rowsAtOnce });
  if (finished) log.info({ shopId }, 'a shop was erased');
  return { finished };
}
