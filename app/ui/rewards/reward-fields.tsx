import { BlockStack, Card, Checkbox, FormLayout, Select, Text, TextField } from '@shopify/polaris';
import { rewardKinds } from '~/modules/loyalty/types';
import { t, word } from '../i18n';
import { useFormat } from '../shop-context';
import { textFields } from '../text-fields';
import type { RewardDraft, RewardErrors } from './reward-draft';

interface RewardFieldsProps {
  draft: RewardDraft;
  errors: RewardErrors;
  change: (changes: Partial<RewardDraft>) => void;
}

type TextName = Exclude<
  keyof RewardDraft,
  'kind' | 'combinesWithOrder' | 'combinesWithProduct' | 'combinesWithShipping'
>;

/** What a reward gives, what it costs, and what its codes may do. */
export function RewardFields(props: RewardFieldsProps) {
  const { draft, errors, change } = props;
  const format = useFormat();
  const text = textFields<TextName>(draft, errors, (name, value) => change({ [name]: value }));
  const isPercentage = draft.kind === 'percentage';
  return (
    <BlockStack gap="400">
      <Card>
        <FormLayout>
          <TextField
            label={t('rewards.form.title')}
            helpText={t('rewards.form.titleHelp')}
            maxLength={100}
            {...text('title')}
          />
          <FormLayout.Group>
            <Select
              label={t('rewards.form.kind')}
              options={rewardKinds.map((value) => ({ value, label: word('rewardKind', value) }))}
              value={draft.kind}
              onChange={(value) => change({ kind: rewardKinds.find((kind) => kind === value) })}
            />
            {draft.kind !== 'free_shipping' && (
              <TextField
                label={isPercentage ? t('rewards.form.percent') : t('rewards.form.amount')}
                inputMode="decimal"
                suffix={isPercentage ? '%' : format.currency}
                {...text('value')}
              />
            )}
          </FormLayout.Group>
          <TextField
            label={t('rewards.form.points')}
            inputMode="numeric"
            suffix={t('rewards.form.pointsUnit')}
            {...text('points')}
          />
        </FormLayout>
      </Card>
      <Card>
        <FormLayout>
          <TextField
            label={t('rewards.form.minimum')}
            helpText={t('rewards.form.minimumHelp')}
            inputMode="decimal"
            suffix={format.currency}
            {...text('minimumSubtotal')}
          />
          <FormLayout.Group>
            <TextField
              label={t('rewards.form.days')}
              helpText={t('rewards.form.daysHelp')}
              inputMode="numeric"
              {...text('validityDays')}
            />
            <TextField
              label={t('rewards.form.limit')}
              helpText={t('rewards.form.limitHelp')}
              inputMode="numeric"
              {...text('perCustomerLimit')}
            />
          </FormLayout.Group>
          <Combinations {...props} />
        </FormLayout>
      </Card>
    </BlockStack>
  );
}

function Combinations({ draft, change }: RewardFieldsProps) {
  return (
    <BlockStack gap="100">
      <Text as="p">{t('rewards.form.combines')}</Text>
      <Checkbox
        label={t('rewards.form.combinesOrder')}
        checked={draft.combinesWithOrder}
        onChange={(combinesWithOrder) => change({ combinesWithOrder })}
      />
      <Checkbox
        label={t('rewards.form.combinesProduct')}
        checked={draft.combinesWithProduct}
        onChange={(combinesWithProduct) => change({ combinesWithProduct })}
      />
      <Checkbox
        label={t('rewards.form.combinesShipping')}
        checked={draft.combinesWithShipping && draft.kind !== 'free_shipping'}
        disabled={draft.kind === 'free_shipping'}
        onChange={(combinesWithShipping) => change({ combinesWithShipping })}
      />
    </BlockStack>
  );
}
