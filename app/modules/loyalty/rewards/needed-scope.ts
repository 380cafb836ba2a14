import { rewardKinds, type RewardKind } from './reward';

/** What Shopify lets an app do only where the merchant has allowed it. */
const scopes = {
  amount_off: 'write_discounts',
  percentage: 'write_discounts',
  free_shipping: 'write_discounts',
  free_product: 'write_discounts',
  store_credit: 'write_store_credit_account_transactions',
  gift_card: 'write_gift_cards',
} as const satisfies Record<RewardKind, string>;

export type NeededScope = (typeof scopes)[RewardKind];

/** Asked for when the merchant first makes such a reward; without the others the app can't be installed. */
export const optionalScopes: readonly NeededScope[] = [
  'write_gift_cards',
  'write_store_credit_account_transactions',
];

/** What the shop has not allowed, by kind of reward. */
export type MissingScopes = { kind: RewardKind; scope: NeededScope }[];

/** What a reward of this kind needs and the shop has not allowed; null: nothing, or Shopify has told nothing yet. */
export function findMissingScope(kind: RewardKind, granted: readonly string[]): NeededScope | null {
  const needed = scopes[kind];
  return granted.length === 0 || granted.includes(needed) ? null : needed;
}

/** All of it that is missing. */
export function listMissingScopes(granted: readonly string[]): MissingScopes {
  return rewardKinds.flatMap((kind) => {
    const scope = findMissingScope(kind, granted);
    return scope === null ? [] : [{ kind, scope }];
  });
}

/** The kinds of rewards a shop can give by what it has allowed; no others are shown to shoppers. */
export function listAllowedKinds(granted: readonly string[]): RewardKind[] {
  return rewardKinds.filter((kind) => findMissingScope(kind, granted) === null);
}
