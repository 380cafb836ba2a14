import { BlockStack, Card, Checkbox, FormLayout, Select, TextField } from '@shopify/polaris';
import type { Choice, ChoiceKind } from '~/modules/insights/types';
import { campaignScopes } from '~/modules/loyalty/types';
import { ChoicePicker } from '../choice-picker';
import { t } from '../i18n';
import { useFormat } from '../shop-context';
import { textFields } from '../text-fields';
import type { CampaignErrors, CampaignFormDraft } from './campaign-draft';

/** The titles of what was chosen when the page was loaded. */
export type ChosenTitles = Record<ChoiceKind, Choice[]>;

interface CampaignFieldsProps {
  draft: CampaignFormDraft;
  errors: CampaignErrors;
  chosen: ChosenTitles;
  change: (changes: Partial<CampaignFormDraft>) => void;
}

type TextName = Exclude<keyof CampaignFormDraft, 'enabled' | 'scope' | 'productIds' | 'collectionIds'>;

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
          <Select
            label={t('campaigns.form.scope')}
            options={campaignScopes.map((value) => ({ value, label: t(`campaigns.scope.${value}`) }))}
            value={draft.scope}
            onChange={(value) => change({ scope: campaignScopes.find((scope) => scope === value) })}
          />
          {draft.scope === 'tags' && (
            <TextField
              label={t('campaigns.form.tags')}
              helpText={t('campaigns.form.tagsHelp')}
              {...text('tags')}
            />
          )}
          {draft.scope === 'products' && (
            <ChoicePicker
              kind="products"
              label={t('campaigns.form.products')}
              error={errors.productIds}
              selected={draft.productIds}
              known={chosen.products}
              onChange={(productIds) => change({ productIds })}
            />
          )}
          {draft.scope === 'collections' && (
            <ChoicePicker
              kind="collections"
              label={t('campaigns.form.collections')}
              helpText={t('campaigns.form.collectionsHelp')}
              error={errors.collectionIds}
              selected={draft.collectionIds}
              known={chosen.collections}
              onChange={(collectionIds) => change({ collectionIds })}
            />
          )}
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
