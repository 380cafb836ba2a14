import { Decimal, decimal } from '~/platform/money';
import type { RewardTerms } from './reward';

type Chosen = Pick<RewardTerms, 'points' | 'slider'>;

/** Whether a shopper may spend that many points: the price, or a step between the least and the most of a slider. */
export function canSpend({ points: least, slider }: Chosen, points: number): boolean {
  if (slider === null) return points === least;
  return points >= least && points <= slider.most && (points - least) % slider.step === 0;
}

/** The most somebody with that balance can choose; null when even the least is too much. */
export function findMostPoints({ points: least, slider }: Chosen, balance: number): number | null {
  if (balance < least) return null;
  if (slider === null) return least;
  const reach = Math.min(balance, slider.most) - least;
  return least + Math.floor(reach / slider.step) * slider.step;
}

/**
 * What that many points are worth, in the shop's currency: rounded down to what it has coins for. 1,250 points at 100 for 1.00
 * are 12.50, or 12 yen.
 */
export function computeSliderValue(perUnit: number, points: number, decimals = 2): string {
  return decimal(points).dividedBy(perUnit).toDecimalPlaces(decimals, Decimal.ROUND_DOWN).toString();
}
