import { Decimal } from '~/platform/money';
import type { EarnRule, Rounding } from './types';

const modes: Record<Rounding, Decimal.Rounding> = {
  down: Decimal.ROUND_FLOOR,
  nearest: Decimal.ROUND_HALF_UP,
  up: Decimal.ROUND_CEIL,
};

/** Points for an amount of shop currency that counts; never below 0. A rule that is switched off gives none. */
export function computeEarn(
  amount: Decimal,
  rule: Pick<EarnRule, 'enabled' | 'pointsPerUnit' | 'rounding'>,
): number {
  if (!rule.enabled || amount.isNegative()) return 0;
  return amount.times(rule.pointsPerUnit).toDecimalPlaces(0, modes[rule.rounding]).toNumber();
}
