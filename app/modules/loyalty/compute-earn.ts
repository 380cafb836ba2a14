import { Decimal } from '~/platform/money';
import type { EarnRule, Rounding } from './types';

const modes: Record<Rounding, Decimal.Rounding> = {
  down: Decimal.ROUND_FLOOR,
  nearest: Decimal.ROUND_HALF_UP,
  up: Decimal.ROUND_CEIL,
};

/** Beyond these there are no amounts, only what divisions left: a third of 3 is 0.99999999999999999999. */
const decimals = 8;

/** Points for an amount of shop currency that counts; never below 0. A rule that is switched off gives none. */
export function computeEarn(
  amount: Decimal,
  rule: Pick<EarnRule, 'enabled' | 'pointsPerUnit' | 'rounding'>,
): number {
  if (!rule.enabled || amount.isNegative()) return 0;
  const points = amount.times(rule.pointsPerUnit).toDecimalPlaces(decimals);
  return points.toDecimalPlaces(0, modes[rule.rounding]).toNumber();
}
