import { BlockStack, Card, Checkbox, FormLayout, Select, Text, TextField } from '@shopify/polaris';
import { capPeriods, fixedCaps } from '~/modules/loyalty/types';
import { t } from '../i18n';
import { useFormat } from '../shop-context';
import { textFields } from '../text-fields';
import type { EarnErrors, EarnFormDraft } from './earn-draft';

interface EarnFieldsProps {
  draft: EarnFormDraft;
  errors: EarnErrors;
  isNew: boolean;
  change: (changes: Partial<EarnFormDraft>) => void;
}

type TextName = Exclude<keyof EarnFormDraft, 'trigger' | 'enabled' | 'capPeriod'>;

/** What a way to earn gives, when, and how often. */
export function EarnFields({ draft, errors, isNew, change }: EarnFieldsProps) {
  const text = textFields<TextName>(draft, errors, (name, value) => change({ [name]: value }));
  return (
    <BlockStack gap="400">
      <Card>
        <FormLayout>
          <Text as="p" tone="subdued">
            {t(`earning.explained.${draft.trigger}`)}
          </Text>
          <Checkbox
            label={t('earning.form.enabled')}
            checked={draft.enabled}
            onChange={(enabled) => change({ enabled })}
          />
          {draft.trigger === 'custom' && (
            <TextField
              label={t('earning.form.event')}
              helpText={t('earning.form.eventHelp')}
              disabled={!isNew}
              {...text('event')}
            />
          )}
          <TextField
            label={t('earning.form.title')}
            helpText={t('earning.form.titleHelp')}
            maxLength={100}
            {...text('title')}
          />
          {draft.trigger === 'social_visit' && (
            <TextField
              label={t('earning.form.url')}
              helpText={t('earning.form.urlHelp')}
              type="url"
              {...text('url')}
            />
          )}
          <FormLayout.Group>
            <TextField label={t('earning.form.points')} inputMode="numeric" {...text('points')} />
            <TextField
              label={t('earning.form.pending')}
              helpText={t('earning.form.pendingHelp')}
              inputMode="numeric"
              {...text('pendingDays')}
            />
          </FormLayout.Group>
        </FormLayout>
      </Card>
      <Card>
        <FormLayout>
          <FormLayout.Group>
            <TextField
              label={t('earning.form.startsOn')}
              type="date"
              helpText={t('earning.form.dayHelp')}
              {...text('startsOn')}
            />
            <TextField
              label={t('earning.form.endsOn')}
              type="date"
              helpText={t('earning.form.dayHelp')}
              {...text('endsOn')}
            />
          </FormLayout.Group>
          <Limits draft={draft} change={change} text={text} />
        </FormLayout>
      </Card>
    </BlockStack>
  );
}

function Limits({
  draft,
  change,
  text,
}: Pick<EarnFieldsProps, 'draft' | 'change'> & { text: (name: TextName) => FieldProps }) {
  const { currency } = useFormat();
  const fixed = fixedCaps[draft.trigger];
  if (fixed)
    return (
      <Text as="p" tone="subdued">
        {t(`earning.limit.${fixed.capPeriod}`, { count: fixed.capTimes })}
      </Text>
    );
  return (
    <>
      <FormLayout.Group>
        <TextField
          label={t('earning.form.times')}
          helpText={t('earning.form.timesHelp')}
          inputMode="numeric"
          {...text('capTimes')}
        />
        <Select
          label={t('earning.form.period')}
          options={capPeriods.map((value) => ({ value, label: t(`earning.period.${value}`) }))}
          value={draft.capPeriod}
          onChange={(value) => change({ capPeriod: capPeriods.find((period) => period === value) })}
        />
      </FormLayout.Group>
      <TextField
        label={t('earning.form.minimum')}
        helpText={t('earning.form.minimumHelp')}
        inputMode="decimal"
        suffix={currency}
        {...text('minimum')}
      />
    </>
  );
}

interface FieldProps {
  name: string;
  autoComplete: string;
  value: string;
  error: string | undefined;
  onChange: (value: string) => void;
}
