import type { RewardTerms } from '~/modules/loyalty/types';
import type { Format } from '../format';
import { t } from '../i18n';

type Told = Pick<RewardTerms, 'kind' | 'value' | 'slider' | 'minimumSubtotal'>;

/** What a reward gives, in words: "€5.00 off, orders from €30.00". */
export function rewardText(reward: Told, format: Format): string {
  const gives = givesText(reward, format);
  const { minimumSubtotal } = reward;
  return minimumSubtotal === null
    ? gives
    : t('rewards.from', { gives, minimum: format.money(minimumSubtotal) });
}

function givesText({ kind, value, slider }: Told, format: Format): string {
  if (kind === 'free_shipping') return t('rewards.gives.freeShipping');
  if (kind === 'free_product') return t('rewards.gives.freeProduct');
  if (kind === 'percentage') return t('rewards.gives.off', { value: format.percent(Number(value) / 100) });
  const rate = slider && { amount: format.money('1'), points: t('common.points', { count: slider.perUnit }) };
  if (rate && kind === 'amount_off') return t('rewards.gives.offPerUnit', rate);
  const amount = rate ? t('rewards.gives.perUnit', rate) : format.money(value ?? 0);
  if (kind === 'store_credit') return t('rewards.gives.storeCredit', { value: amount });
  return t(kind === 'gift_card' ? 'rewards.gives.giftCard' : 'rewards.gives.off', { value: amount });
}
