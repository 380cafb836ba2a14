import {
  BlockStack,
  Button,
  Card,
  Checkbox,
  FormLayout,
  InlineStack,
  Select,
  Text,
  TextField,
} from '@shopify/polaris';
import { offerKinds, type OfferStock } from '~/modules/referrals/types';
import { DraftForm } from '../draft-form';
import { CardTitle } from '../facts';
import { t } from '../i18n';
import { useFormat } from '../shop-context';
import { textFields } from '../text-fields';
import { useDraft, type DraftErrors } from '../use-draft';
import { findProgrammeMistakes, type ProgrammeDraft } from './programme-draft';
import { StockNote } from './stock-note';

interface FieldsProps {
  draft: ProgrammeDraft;
  errors: DraftErrors<ProgrammeDraft>;
  change: (changes: Partial<ProgrammeDraft>) => void;
}
type TextName = 'offerValue' | 'minimumOrder' | 'offerDays' | 'rewardPoints' | 'holdDays';

/** What friends and advocates get, and how carefully. */
export function ProgrammeForm({ saved, stock }: { saved: ProgrammeDraft; stock: OfferStock | null }) {
  const form = useDraft(saved, findProgrammeMistakes);
  return (
    <DraftForm form={form}>
      <Card>
        <BlockStack gap="300">
          <Checkbox
            label={t('referrals.settings.enabled')}
            helpText={t('referrals.settings.enabledHelp')}
            checked={form.draft.enabled}
            onChange={(enabled) => form.change({ enabled })}
          />
          <StockNote stock={saved.enabled ? stock : null} />
        </BlockStack>
      </Card>
      <OfferFields {...form} />
      <RewardFields {...form} />
      <InlineStack align="end">
        <Button submit variant="primary" loading={form.saving}>
          {t('common.save')}
        </Button>
      </InlineStack>
    </DraftForm>
  );
}

function textField({ draft, errors, change }: FieldsProps, name: TextName) {
  return textFields<TextName>(draft, errors, (field, value) => change({ [field]: value }))(name);
}

function OfferFields(props: FieldsProps) {
  const { draft, change } = props;
  const format = useFormat();
  const isPercentage = draft.offerKind === 'percentage';
  return (
    <Card>
      <BlockStack gap="400">
        <CardTitle>{t('referrals.settings.friend')}</CardTitle>
        <FormLayout>
          <FormLayout.Group>
            <Select
              label={t('referrals.settings.offerKind')}
              options={offerKinds.map((value) => ({ value, label: t(`referrals.settings.kinds.${value}`) }))}
              value={draft.offerKind}
              onChange={(value) => change({ offerKind: offerKinds.find((kind) => kind === value) })}
            />
            <TextField
              label={t('referrals.settings.offerValue')}
              inputMode="decimal"
              suffix={isPercentage ? '%' : format.currency}
              {...textField(props, 'offerValue')}
            />
          </FormLayout.Group>
          <FormLayout.Group>
            <TextField
              label={t('referrals.settings.minimum')}
              helpText={t('referrals.settings.minimumHelp')}
              inputMode="decimal"
              suffix={format.currency}
              {...textField(props, 'minimumOrder')}
            />
            <TextField
              label={t('referrals.settings.offerDays')}
              helpText={t('referrals.settings.offerDaysHelp')}
              inputMode="numeric"
              {...textField(props, 'offerDays')}
            />
          </FormLayout.Group>
          <Checkbox
            label={t('referrals.settings.firstOrder')}
            helpText={t('referrals.settings.firstOrderHelp')}
            checked={draft.firstOrderOnly}
            onChange={(firstOrderOnly) => change({ firstOrderOnly })}
          />
        </FormLayout>
      </BlockStack>
    </Card>
  );
}

function RewardFields(props: FieldsProps) {
  const { draft, change } = props;
  return (
    <Card>
      <BlockStack gap="400">
        <CardTitle>{t('referrals.settings.advocate')}</CardTitle>
        <FormLayout>
          <FormLayout.Group>
            <TextField
              label={t('referrals.settings.points')}
              inputMode="numeric"
              {...textField(props, 'rewardPoints')}
            />
            <TextField
              label={t('referrals.settings.hold')}
              helpText={t('referrals.settings.holdHelp')}
              inputMode="numeric"
              {...textField(props, 'holdDays')}
            />
          </FormLayout.Group>
          <Checkbox
            label={t('referrals.settings.approveClean')}
            helpText={t('referrals.settings.approveCleanHelp')}
            checked={draft.approveClean}
            onChange={(approveClean) => change({ approveClean })}
          />
          <Checkbox
            label={t('referrals.settings.clawBack')}
            helpText={t('referrals.settings.clawBackHelp')}
            checked={draft.clawBack}
            onChange={(clawBack) => change({ clawBack })}
          />
          <div aria-live="polite">
            <Text as="p" tone="subdued">
              {draft.approveClean ? t('referrals.settings.paidClean') : t('referrals.settings.paidNever')}
            </Text>
          </div>
        </FormLayout>
      </BlockStack>
    </Card>
  );
}
