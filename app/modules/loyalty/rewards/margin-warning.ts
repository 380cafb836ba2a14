import { Decimal, decimal } from '~/platform/money';
import { isDiscount, type RewardTerms } from './reward';
import { computeSliderValue } from './slider';

/** Why a reward may sell below cost. `minimum`: the order from which on it does not, in shop currency. */
export type MarginWarning =
  | { kind: 'unknown' }
  | { kind: 'below_cost'; minimum: string | null }
  | { kind: 'no_minimum'; minimum: string };

/**
 * Whether an order at the reward's minimum, at the shop's average margin (0 to 1; null: no unit costs known), would sell
 * below cost: an amount off of 5.00 at a margin of 40 % needs an order of 12.50. Null when it would not. What shipping
 * costs the shop is not known, so nothing is said about it, nor of money and products, which come with no order. Where
 * shoppers choose the points, the most counts.
 */
export function findMarginWarning(
  terms: Pick<RewardTerms, 'kind' | 'value' | 'minimumSubtotal'> & Partial<Pick<RewardTerms, 'slider'>>,
  margin: Decimal | null,
): MarginWarning | null {
  const { kind, slider, minimumSubtotal } = terms;
  const value = slider ? computeSliderValue(slider.perUnit, slider.most) : terms.value;
  if (!isDiscount(kind) || value === null) return null;
  if (margin === null) return { kind: 'unknown' };
  if (kind === 'percentage')
    return decimal(value).dividedBy(100).greaterThan(margin) ? { kind: 'below_cost', minimum: null } : null;
  if (margin.lessThanOrEqualTo(0)) return { kind: 'below_cost', minimum: null };
  const needed = decimal(value).dividedBy(margin);
  if (minimumSubtotal !== null && needed.lessThanOrEqualTo(minimumSubtotal)) return null;
  const minimum = needed.toDecimalPlaces(2, Decimal.ROUND_CEIL).toString();
  return minimumSubtotal === null ? { kind: 'no_minimum', minimum } : { kind: 'below_cost', minimum };
}
