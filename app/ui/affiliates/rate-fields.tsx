import { BlockStack, Box, Button, FormLayout, InlineStack, Select, Text, TextField } from '@shopify/polaris';
import { rateTargets, ruleKinds } from '~/modules/affiliates/types';
import { t } from '../i18n';
import { useFormat } from '../shop-context';
import { TargetFields, type ChosenTitles } from '../target-fields';
import { mostRates, newRate, type GroupErrors, type RateDraft } from './group-draft';

interface RateFieldsProps {
  rates: RateDraft[];
  chosen: ChosenTitles;
  errors: GroupErrors;
  change: (rates: RateDraft[]) => void;
}

/** What certain goods earn instead of the group's commission, in the order in which they are asked. */
export function RateFields({ rates, chosen, errors, change }: RateFieldsProps) {
  return (
    <BlockStack gap="300">
      <BlockStack gap="100">
        <Text as="h3" variant="headingSm">
          {t('affiliates.rates.title')}
        </Text>
        <Text as="p" tone="subdued">
          {t('affiliates.rates.text')}
        </Text>
      </BlockStack>
      {rates.map((rate, index) => (
        <RateField
          key={rate.key}
          {...{ rate, chosen }}
          number={index + 1}
          errorOf={(name) => errors[`rates.${index}.${name}`]}
          change={(changes) => change(rates.map((one, at) => (at === index ? { ...one, ...changes } : one)))}
          remove={() => change(rates.filter((_, at) => at !== index))}
        />
      ))}
      {rates.length < mostRates && (
        <InlineStack>
          <Button onClick={() => change([...rates, newRate()])}>{t('affiliates.rates.add')}</Button>
        </InlineStack>
      )}
    </BlockStack>
  );
}

interface RateFieldProps {
  rate: RateDraft;
  number: number;
  chosen: ChosenTitles;
  errorOf: (name: keyof RateDraft) => string | undefined;
  change: (changes: Partial<RateDraft>) => void;
  remove: () => void;
}

function RateField({ rate, number, chosen, errorOf, change, remove }: RateFieldProps) {
  const { currency } = useFormat();
  return (
    <Box borderColor="border" borderWidth="025" borderRadius="200" padding="300">
      <FormLayout>
        <Select
          label={t('affiliates.rates.on', { number })}
          options={rateTargets.map((value) => ({ value, label: t(`affiliates.rates.targets.${value}`) }))}
          value={rate.on}
          onChange={(value) => change({ on: rateTargets.find((target) => target === value) })}
        />
        <TargetFields
          target={rate.on}
          draft={rate}
          errorOf={errorOf}
          chosen={chosen}
          tagsHelp={t('affiliates.rates.tagsHelp')}
          change={change}
        />
        <FormLayout.Group>
          <Select
            label={t('affiliates.group.kind')}
            options={ruleKinds.map((value) => ({ value, label: t(`affiliates.rates.kinds.${value}`) }))}
            value={rate.kind}
            onChange={(value) => change({ kind: ruleKinds.find((kind) => kind === value) })}
          />
          <TextField
            label={t('affiliates.group.value')}
            inputMode="decimal"
            autoComplete="off"
            suffix={rate.kind === 'percent' ? '%' : currency}
            value={rate.value}
            error={errorOf('value')}
            onChange={(value) => change({ value })}
          />
        </FormLayout.Group>
        <Button variant="plain" tone="critical" onClick={remove}>
          {t('affiliates.rates.remove', { number })}
        </Button>
      </FormLayout>
    </Box>
  );
}
