import { BlockStack, Card, Checkbox, FormLayout, TextField } from '@shopify/polaris';
import { t } from '../i18n';
import { useFormat } from '../shop-context';
import type { TargetDraft } from '../target-draft';
import type { ChosenTitles } from '../target-fields';
import { textFields } from '../text-fields';
import type { CampaignErrors, CampaignFormDraft } from './campaign-draft';
import { GoodsFields } from './goods-fields';

interface CampaignFieldsProps {
  draft: CampaignFormDraft;
  errors: CampaignErrors;
  chosen: ChosenTitles;
  change: (changes: Partial<CampaignFormDraft>) => void;
}

type TextName = Exclude<keyof CampaignFormDraft, 'enabled' | 'scope' | keyof TargetDraft>;

/** How often which goods count, and when. */
export function CampaignFields({ draft, errors, chosen, change }: CampaignFieldsProps) {
  const { currency } = useFormat();
  const text = textFields<TextName>(draft, errors, (name, value) => change({ [name]: value }));
  return (
    <BlockStack gap="400">
      <Card>
        <FormLayout>
          <Checkbox
            label={t('campaigns.form.enabled')}
            checked={draft.enabled}
            onChange={(enabled) => change({ enabled })}
          />
          <TextField label={t('campaigns.form.title')} maxLength={100} {...text('title')} />
          <TextField
            label={t('campaigns.form.factor')}
            helpText={t('campaigns.form.factorHelp')}
            inputMode="decimal"
            {...text('factor')}
          />
          <GoodsFields label={t('campaigns.form.scope')} {...{ draft, errors, chosen, change }} />
        </FormLayout>
      </Card>
      <Card>
        <FormLayout>
          <FormLayout.Group>
            <TextField label={t('earning.form.startsOn')} type="date" {...text('startsOn')} />
            <TextField label={t('earning.form.endsOn')} type="date" {...text('endsOn')} />
          </FormLayout.Group>
          <FormLayout.Group>
            <TextField
              label={t('campaigns.form.minimum')}
              helpText={t('campaigns.form.minimumHelp')}
              inputMode="decimal"
              suffix={currency}
              {...text('minimum')}
            />
            <TextField
              label={t('campaigns.form.maxExtra')}
              helpText={t('campaigns.form.maxExtraHelp')}
              inputMode="numeric"
              {...text('maxExtra')}
            />
          </FormLayout.Group>
        </FormLayout>
      </Card>
    </BlockStack>
  );
}
