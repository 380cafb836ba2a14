import { FormLayout, Select, TextField } from '@shopify/polaris';
import { t } from '../i18n';
import { useFormat } from '../shop-context';
import { textFields } from '../text-fields';
import { isSlider } from './reward-draft';
import type { RewardFieldsProps } from './reward-fields';

/** What a reward is worth: an amount, a share, a product, or what its points say. */
export function RewardWorth({ draft, errors, choices, change }: RewardFieldsProps) {
  const format = useFormat();
  const text = textFields<'value' | 'perUnit' | 'most' | 'step'>(draft, errors, (name, value) =>
    change({ [name]: value }),
  );
  const points = { inputMode: 'numeric', suffix: t('rewards.form.pointsUnit') } as const;
  if (draft.kind === 'free_shipping') return null;
  if (draft.kind === 'free_product')
    return (
      <Select
        label={t('rewards.form.product')}
        placeholder={t('rewards.form.productChoose')}
        options={choices.variants.map(({ id, title, price }) => ({
          value: id,
          label: `${title} (${format.money(price)})`,
        }))}
        value={draft.variantId}
        error={errors.variantId}
        onChange={(variantId) => change({ variantId })}
      />
    );
  if (isSlider(draft))
    return (
      <FormLayout.Group condensed>
        <TextField
          label={t('rewards.form.perUnit', { amount: format.money('1') })}
          {...points}
          {...text('perUnit')}
        />
        <TextField label={t('rewards.form.most')} {...points} {...text('most')} />
        <TextField label={t('rewards.form.step')} {...points} {...text('step')} />
      </FormLayout.Group>
    );
  const isPercentage = draft.kind === 'percentage';
  return (
    <TextField
      label={isPercentage ? t('rewards.form.percent') : t(`rewards.form.${amountLabels[draft.kind]}`)}
      inputMode="decimal"
      suffix={isPercentage ? '%' : format.currency}
      {...text('value')}
    />
  );
}

const amountLabels = {
  amount_off: 'amount',
  percentage: 'percent',
  store_credit: 'credit',
  gift_card: 'credit',
} as const;
