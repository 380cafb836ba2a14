import { useState } from 'react';
import { BlockStack, Text } from '@shopify/polaris';
import { t } from '../i18n';
import { useFormat } from '../shop-context';
import {
  findCampaignMistakes,
  toCampaignDraft,
  type CampaignErrors,
  type CampaignFormDraft,
  type CampaignView,
} from './campaign-draft';
import { CampaignFields } from './campaign-fields';
import type { ChosenTitles } from './goods-fields';
import { RuleForm } from './rule-form';
import { useRuleAction } from './use-rule-action';

interface CampaignFormProps {
  saved: CampaignView | null;
  chosen: ChosenTitles;
}

/** A campaign being written: a new one, or one there is. */
export function CampaignForm({ saved, chosen }: CampaignFormProps) {
  const format = useFormat();
  const start = toCampaignDraft(saved);
  const [draft, setDraft] = useState<CampaignFormDraft>(start);
  const [errors, setErrors] = useState<CampaignErrors>({});
  const { send, sending, preview, done } = useRuleAction(setErrors);
  const shown = preview?.of === JSON.stringify(draft) ? preview : null;
  return (
    <RuleForm
      id="campaign"
      errors={errors}
      dirty={!done && JSON.stringify(draft) !== JSON.stringify(start)}
      sending={sending}
      onSubmit={(intent) => {
        const found = findCampaignMistakes(draft);
        if ('errors' in found) setErrors(found.errors);
        else send({ intent, campaign: saved?.id ?? null, draft });
      }}
      onDiscard={() => {
        setDraft(start);
        setErrors({});
      }}
      cost={shown?.cost}
      result={
        shown && (
          <BlockStack>
            <Text as="p" fontWeight="semibold">
              {t('campaigns.preview', {
                days: shown.preview.days,
                points: format.signed(shown.preview.points),
                orders: format.number(shown.preview.orders ?? 0),
              })}
            </Text>
          </BlockStack>
        )
      }
    >
      <CampaignFields
        draft={draft}
        errors={errors}
        chosen={chosen}
        change={(changes) => {
          setDraft((current) => ({ ...current, ...changes }));
          setErrors({});
        }}
      />
    </RuleForm>
  );
}
