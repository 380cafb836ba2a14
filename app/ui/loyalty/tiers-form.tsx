import {
  BlockStack,
  Box,
  Button,
  Card,
  Checkbox,
  Divider,
  FormLayout,
  InlineStack,
  Layout,
  Select,
  Text,
  TextField,
} from '@shopify/polaris';
import { nanoid } from 'nanoid';
import { tierBases, tierSpans } from '~/modules/loyalty/types';
import { t } from '../i18n';
import { useFormat } from '../shop-context';
import { newTierRow, type TierErrors, type TierRowDraft, type TiersFormDraft } from './tiers-draft';

interface TiersFormProps {
  draft: TiersFormDraft;
  errors: TierErrors;
  members: { tierId: number; people: number }[];
  change: (changes: Partial<TiersFormDraft>) => void;
}

/** What counts towards tiers. */
export function TermsSection({ draft, errors, change }: TiersFormProps) {
  return (
    <Layout.AnnotatedSection id="terms" title={t('tiers.terms.title')} description={t('tiers.terms.text')}>
      <Card>
        <FormLayout>
          <Checkbox
            label={t('tiers.terms.enabled')}
            checked={draft.enabled}
            onChange={(enabled) => change({ enabled })}
          />
          <Select
            label={t('tiers.terms.basis')}
            options={tierBases.map((value) => ({ value, label: t(`tiers.basis.${value}`) }))}
            value={draft.basis}
            onChange={(value) => change({ basis: tierBases.find((basis) => basis === value) })}
          />
          <Select
            label={t('tiers.terms.span')}
            options={tierSpans.map((value) => ({ value, label: t(`tiers.span.${value}`) }))}
            value={draft.span}
            onChange={(value) => change({ span: tierSpans.find((span) => span === value) })}
          />
          <TextField
            label={t('tiers.terms.graceDays')}
            inputMode="numeric"
            autoComplete="off"
            suffix={t('tiers.terms.days')}
            value={draft.graceDays}
            onChange={(graceDays) => change({ graceDays })}
            error={errors.graceDays}
          />
        </FormLayout>
      </Card>
    </Layout.AnnotatedSection>
  );
}

/** The tiers themselves, each with its fields. */
export function TierList(props: TiersFormProps) {
  const { draft, change } = props;
  const add = () => change({ tiers: [...draft.tiers, newTierRow(nanoid(8))] });
  return (
    <Layout.AnnotatedSection id="tiers" title={t('tiers.list.title')} description={t('tiers.list.text')}>
      <Card>
        <BlockStack gap="400">
          {draft.tiers.length === 0 && <Empty />}
          {draft.tiers.map((tier, index) => (
            <BlockStack key={tier.key} gap="400">
              {index > 0 && <Divider />}
              <TierFields {...props} tier={tier} index={index} />
            </BlockStack>
          ))}
          <InlineStack align="start">
            <Button onClick={add} disabled={draft.tiers.length >= 20}>
              {t('tiers.list.add')}
            </Button>
          </InlineStack>
        </BlockStack>
      </Card>
    </Layout.AnnotatedSection>
  );
}

function Empty() {
  return (
    <Box paddingBlockEnd="200">
      <BlockStack gap="200">
        <Text as="h3" variant="headingSm">
          {t('tiers.empty.title')}
        </Text>
        <Text as="p" tone="subdued">
          {t('tiers.empty.text')}
        </Text>
      </BlockStack>
    </Box>
  );
}

type FieldName = 'name' | 'threshold' | 'multiplier' | 'entryPoints';

function TierFields({
  draft,
  errors,
  members,
  change,
  tier,
  index,
}: TiersFormProps & { tier: TierRowDraft; index: number }) {
  const { currency } = useFormat();
  const set = (changes: Partial<TierRowDraft>) =>
    change({ tiers: draft.tiers.map((each) => (each.key === tier.key ? { ...each, ...changes } : each)) });
  const field = (name: FieldName) => ({
    autoComplete: 'off',
    value: tier[name],
    error: errors[`tiers.${index}.${name}`],
    onChange: (value: string) => set({ [name]: value }),
  });
  const name = tier.name.trim() || t('tiers.list.new');
  const people = members.find(({ tierId }) => tierId === tier.id)?.people ?? 0;
  return (
    <BlockStack gap="300">
      <InlineStack align="space-between" blockAlign="center" gap="200">
        <BlockStack>
          <Text as="h3" variant="headingSm" breakWord>
            {name}
          </Text>
          {tier.id !== null && (
            <Text as="p" tone="subdued" variant="bodySm">
              {t('tiers.list.members', { count: people })}
            </Text>
          )}
        </BlockStack>
        <Button
          variant="plain"
          tone="critical"
          accessibilityLabel={t('tiers.list.remove', { name })}
          onClick={() => change({ tiers: draft.tiers.filter((each) => each.key !== tier.key) })}
        >
          {t('tiers.list.removeShort')}
        </Button>
      </InlineStack>
      <FormLayout>
        <FormLayout.Group>
          <TextField label={t('tiers.list.name')} {...field('name')} />
          <TextField
            label={t(`tiers.list.threshold.${draft.basis}`, { currency })}
            inputMode="decimal"
            {...field('threshold')}
          />
        </FormLayout.Group>
        <FormLayout.Group>
          <TextField label={t('tiers.list.multiplier')} inputMode="decimal" {...field('multiplier')} />
          <TextField label={t('tiers.list.entryPoints')} inputMode="numeric" {...field('entryPoints')} />
        </FormLayout.Group>
      </FormLayout>
    </BlockStack>
  );
}
