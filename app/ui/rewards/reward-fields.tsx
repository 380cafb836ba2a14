import {
  BlockStack,
  Card,
  Checkbox,
  ChoiceList,
  FormLayout,
  Select,
  Text,
  TextField,
} from '@shopify/polaris';
import { isDiscount, rewardKinds, sliderKinds } from '~/modules/loyalty/types';
import { t, word } from '../i18n';
import { useFormat } from '../shop-context';
import { textFields } from '../text-fields';
import { isSlider, type RewardDraft, type RewardErrors } from './reward-draft';
import { RewardWorth } from './reward-worth';

/** What a reward can be made of, as the loader sends it. */
export interface RewardChoices {
  variants: { id: string; title: string; price: string }[];
  tiers: { id: string; name: string }[];
}

export interface RewardFieldsProps {
  draft: RewardDraft;
  errors: RewardErrors;
  choices: RewardChoices;
  change: (changes: Partial<RewardDraft>) => void;
}

type TextName = 'title' | 'points' | 'minimumSubtotal' | 'validityDays' | 'perCustomerLimit';

/** What a reward gives, what it costs, and what its codes may do. */
export function RewardFields(props: RewardFieldsProps) {
  const { draft, errors, choices, change } = props;
  const format = useFormat();
  const text = textFields<TextName>(draft, errors, (name, value) => change({ [name]: value }));
  const chooses = isSlider(draft);
  const points = (
    <TextField
      label={chooses ? t('rewards.form.least') : t('rewards.form.points')}
      inputMode="numeric"
      suffix={t('rewards.form.pointsUnit')}
      {...text('points')}
    />
  );
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
          <Select
            label={t('rewards.form.kind')}
            options={rewardKinds.map((value) => ({ value, label: word('rewardKind', value) }))}
            value={draft.kind}
            onChange={(value) => change({ kind: rewardKinds.find((kind) => kind === value) })}
            helpText={kindHelp(draft.kind)}
          />
          {sliderKinds.includes(draft.kind) && (
            <Checkbox
              label={t('rewards.form.choosesPoints')}
              helpText={t('rewards.form.choosesPointsHelp')}
              checked={draft.choosesPoints}
              onChange={(choosesPoints) => change({ choosesPoints })}
            />
          )}
          {chooses && points}
          <RewardWorth {...props} />
          {!chooses && points}
        </FormLayout>
      </Card>
      <Card>
        <FormLayout>
          {isDiscount(draft.kind) && (
            <TextField
              label={t('rewards.form.minimum')}
              helpText={t('rewards.form.minimumHelp')}
              inputMode="decimal"
              suffix={format.currency}
              {...text('minimumSubtotal')}
            />
          )}
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
          {choices.tiers.length > 0 && (
            <ChoiceList
              allowMultiple
              title={t('rewards.form.tiers')}
              choices={choices.tiers.map(({ id, name }) => ({ value: id, label: name }))}
              selected={draft.tierIds}
              onChange={(tierIds) => change({ tierIds })}
            />
          )}
          {isDiscount(draft.kind) && <Combinations {...props} />}
        </FormLayout>
      </Card>
    </BlockStack>
  );
}

/** What a merchant has to know of a kind before choosing it. */
function kindHelp(kind: RewardDraft['kind']): string | undefined {
  if (kind === 'store_credit') return t('rewards.form.storeCreditHelp');
  if (kind === 'gift_card') return t('rewards.form.giftCardHelp');
  return kind === 'free_product' ? t('rewards.form.freeProductHelp') : undefined;
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
