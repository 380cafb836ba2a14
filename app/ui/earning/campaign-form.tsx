import { Text } from '@shopify/polaris';
import { t } from '../i18n';
import { useFormat } from '../shop-context';
import type { ChosenTitles } from '../target-fields';
import { findCampaignMistakes, toCampaignDraft, type CampaignView } from './campaign-draft';
import { CampaignFields } from './campaign-fields';
import { RuleForm } from './rule-form';
import { useRuleForm } from './use-rule-form';

interface CampaignFormProps {
  saved: CampaignView | null;
  chosen: ChosenTitles;
}

/** A campaign being written: a new one, or one there is. */
export function CampaignForm({ saved, chosen }: CampaignFormProps) {
  const format = useFormat();
  const form = useRuleForm(toCampaignDraft(saved), findCampaignMistakes, {
    saved: t('campaigns.saved'),
    campaign: saved?.id ?? null,
  });
  const { draft, errors, change, shown } = form;
  return (
    <RuleForm
      id="campaign"
      form={form}
      cost={shown?.cost}
      result={
        shown && (
          <Text as="p" fontWeight="semibold">
            {t('campaigns.preview', {
              days: shown.preview.days,
              points: format.signed(shown.preview.points),
              count: shown.preview.orders ?? 0,
            })}
          </Text>
        )
      }
    >
      <CampaignFields draft={draft} errors={errors} chosen={chosen} change={change} />
    </RuleForm>
  );
}
