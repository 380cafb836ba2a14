import { decimal, Decimal, ratio } from '~/platform/money';
import type { Shopper } from './find-shopper.server';
import type { Offers } from './offers.server';
import { isDiscount, type Reward, type RewardKind, type Slider } from './rewards/reward';
import { findMostPoints } from './rewards/slider';
import type { TierBasis } from './tier-terms';
import type { TierProgramme } from './types';

/** Where somebody stands, and how far the next tier is. */
export interface ShopperTier {
  name: string | null; // null: below the first
  basis: TierBasis; // what `figure` and `missing` are: shop currency, points or orders
  figure: string; // decimal
  until: string | null; // ISO: when the tier is lost if nothing more is bought
  next: { name: string; missing: string; progress: number } | null; // progress from 0 to 1; null: nothing above
}

/** A reward somebody can choose, in the merchant's words. */
export interface ShopperReward {
  id: string;
  title: string;
  kind: RewardKind;
  points: number; // the least, where they may choose
  slider: Slider | null; // with the most that their balance allows
  minimum: string | null; // of goods in the cart, shop currency
}

/** A reward in somebody's account; `missing` points until they can have it. */
export interface AccountReward extends ShopperReward {
  missing: number;
  usedUp: boolean; // had as often as it can be had
  onlyFor: string[]; // the tiers it is for, when theirs is none of them
}

/** A code somebody has and has not used. */
export interface ShopperCode {
  code: string;
  kind: string; // a gift card is no discount: it is paid with
  title: string;
  minimum: string | null;
  startsAt: string | null; // ISO: can't be used before; null: can be now
  expiresAt: string | null; // ISO
}

/** What is stored of somebody's standing; all null for whoever never ordered. */
export interface Standing {
  tierId: number | null;
  figure: Decimal | null;
  until: Date | null;
}

/** The tier on screen; null while the shop has none. The figure never runs ahead of the tier: 100 % is not shown before it. */
export function describeTier(
  programme: TierProgramme | null,
  { tierId, figure, until }: Standing,
): ShopperTier | null {
  if (!programme) return null;
  const reached = figure ?? new Decimal(0);
  const current = programme.tiers.find(({ id }) => id === tierId);
  const next = programme.tiers.find(({ threshold }) => threshold.greaterThan(current?.threshold ?? 0));
  return {
    name: current?.name ?? null,
    basis: programme.basis,
    figure: reached.toString(),
    until: current ? (until?.toISOString() ?? null) : null,
    next: next
      ? {
          name: next.name,
          missing: Decimal.max(0, next.threshold.minus(reached)).toString(),
          progress: Decimal.min(0.99, Decimal.max(0, ratio(reached, next.threshold)))
            .toDecimalPlaces(2, Decimal.ROUND_DOWN)
            .toNumber(),
        }
      : null,
  };
}

/** Whether somebody has had a reward as often as they may. `had` counts by reward. */
export function isUsedUp({ id, perCustomerLimit }: Reward, had: ReadonlyMap<string, number>): boolean {
  return perCustomerLimit !== null && (had.get(id.toString()) ?? 0) >= perCustomerLimit;
}

/** Whether somebody in that tier may have a reward. */
function isFor({ tierIds }: Reward, tierId: number | null): boolean {
  return tierIds.length === 0 || (tierId !== null && tierIds.includes(tierId));
}

/** Rewards that can be had at once and used at once: what a checkout shows. */
export function canHaveAtCheckout(
  reward: Reward,
  { balance, had, tierId }: { balance: number; had: ReadonlyMap<string, number>; tierId: number | null },
): boolean {
  const { points, kind } = reward;
  return points <= balance && isDiscount(kind) && isFor(reward, tierId) && !isUsedUp(reward, had);
}

export function describeReward(reward: Reward, balance: number): ShopperReward {
  const { id, title, kind, points, slider, minimumSubtotal } = reward;
  return {
    id: id.toString(),
    title,
    kind,
    points,
    slider: slider && { ...slider, most: findMostPoints(reward, balance) ?? slider.most },
    minimum: minimumSubtotal === null ? null : decimal(minimumSubtotal).toString(),
  };
}

/** What a shop offers, as it is for somebody; null is somebody without points. */
export function describeOffers(offers: Offers, shopper: Shopper | null) {
  const balance = shopper?.points ?? 0;
  const had = shopper?.had ?? new Map<string, number>();
  const standing = shopper?.standing ?? { tierId: null, figure: null, until: null };
  const namesOf = (ids: number[]): string[] =>
    (offers.tiers?.tiers ?? []).filter(({ id }) => ids.includes(id)).map(({ name }) => name);
  return {
    balance,
    pending: shopper?.pending ?? 0,
    tier: describeTier(offers.tiers, standing),
    rewards: offers.rewards.map((reward): AccountReward => ({
      ...describeReward(reward, balance),
      missing: Math.max(0, reward.points - balance),
      usedUp: isUsedUp(reward, had),
      onlyFor: isFor(reward, standing.tierId) ? [] : namesOf(reward.tierIds),
    })),
    codes: shopper?.codes ?? [],
  };
}
