import type { Move } from './move-redemptions.server';
import type { Redemption } from './reward';

/** What the merchant reads of a reward whose points went back for that. */
export const deletedInShopify = 'Its discount was deleted in Shopify.';

/** An unused code that nobody can use any more: all of its points go back. */
export function pointsBack(redemption: Redemption, error: string | null = null): Move {
  return { redemption, kind: 'return', state: 'cancelled', held: 0, spent: 0, error };
}
