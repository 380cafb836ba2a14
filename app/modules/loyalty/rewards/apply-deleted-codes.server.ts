import type { Tx } from '~/platform/db/index.server';
import { lockRedemptions } from './lock-redemptions.server';
import { moveRedemptions } from './move-redemptions.server';
import { deletedInShopify, pointsBack } from './points-back';
import { isDiscount, type Redemption } from './reward';

export interface ApplyDeletedCodesInput {
  shopId: number;
  discountIds: bigint[];
  now: Date;
}

/**
 * Gives the points of unused codes back whose discount was deleted in Shopify: nobody can use them any more. Should the order
 * of one come late, it spends them again. Set-wise and idempotent; one small query for discounts that are nobody's reward.
 * Returns what was given back.
 */
export async function applyDeletedCodes(
  tx: Tx,
  { shopId, discountIds, now }: ApplyDeletedCodesInput,
): Promise<Redemption[]> {
  const found = await tx.redemption.findMany({
    where: { shopId, discountId: { in: discountIds } },
    select: { id: true },
  });
  const locked = await lockRedemptions(tx, { shopId, ids: found.map(({ id }) => id) });
  // Gift cards and store credit have numbers of their own.
  const unused = locked.filter(({ state, terms }) => state === 'confirmed' && isDiscount(terms.kind));
  const moves = unused.map((redemption) => pointsBack(redemption, deletedInShopify));
  await moveRedemptions(tx, { shopId, moves, now });
  return unused;
}
