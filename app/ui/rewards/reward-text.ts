import type { RewardTerms } from '~/modules/loyalty/types';
import type { Format } from '../format';
import { t } from '../i18n';

/** What a reward gives, in words: "€5.00 off orders from €30.00". */
export function rewardText(
  { kind, value, minimumSubtotal }: Pick<RewardTerms, 'kind' | 'value' | 'minimumSubtotal'>,
  format: Format,
): string {
  const gives = givesText(kind, value, format);
  return minimumSubtotal === null
    ? gives
    : t('rewards.from', { gives, minimum: format.money(minimumSubtotal) });
}

function givesText(kind: RewardTerms['kind'], value: string | null, format: Format): string {
  if (kind === 'free_shipping') return t('rewards.gives.freeShipping');
  if (kind === 'percentage') return t('rewards.gives.off', { value: format.percent(Number(value) / 100) });
  return t('rewards.gives.off', { value: format.money(value ?? 0) });
}
