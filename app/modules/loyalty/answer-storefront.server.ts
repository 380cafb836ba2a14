import { withShop } from '~/platform/db/index.server';
import { findShopper } from './find-shopper.server';
import { readOffers } from './offers.server';
import { readProgramme } from './programme.server';
import { describeOffers, type AccountReward, type ShopperTier } from './shopper-view';
import type { TierBasis } from './types';

export interface AnswerStorefrontInput {
  shopId: number;
  shopifyCustomerId: bigint | null; // null: not signed in
  now: Date;
}

/** The programme on the shop's own pages. */
interface ShownProgramme {
  currency: string; // of the amounts
  pointsPerUnit: string; // decimal, per 1.00 of the currency
  basis: TierBasis | null; // what thresholds are; null: no tiers
  tiers: { name: string; threshold: string; multiplier: string }[]; // lowest first
  rewards: AccountReward[];
}

export type StorefrontAnswer =
  | ({ status: 'guest' } & ShownProgramme)
  | ({ status: 'member'; balance: number; pending: number; tier: ShopperTier | null } & ShownProgramme)
  | { status: 'off' };

/**
 * What the loyalty page of a shop tells: how the programme works, and to who is signed in where they stand. Codes are not
 * told here: pages of a shop carry scripts of others. One indexed read at most.
 */
export async function answerStorefront(input: AnswerStorefrontInput): Promise<StorefrontAnswer> {
  const { shopId, shopifyCustomerId, now } = input;
  const { rule, currency } = await readProgramme(shopId, now);
  if (!rule.enabled) return { status: 'off' };
  const offers = await readOffers(shopId, now);
  const found =
    shopifyCustomerId === null
      ? null
      : await withShop(shopId, (tx) => findShopper(tx, { shopId, shopifyCustomerId, now }));
  const { balance, pending, tier, rewards } = describeOffers(offers, found);
  const programme = {
    currency,
    pointsPerUnit: rule.pointsPerUnit.toString(),
    basis: offers.tiers?.basis ?? null,
    tiers: (offers.tiers?.tiers ?? []).map(({ name, threshold, multiplier }) => ({
      name,
      threshold: threshold.toString(),
      multiplier: multiplier.toString(),
    })),
    rewards,
  };
  return shopifyCustomerId === null
    ? { status: 'guest', ...programme }
    : { status: 'member', balance, pending, tier, ...programme };
}
