import {
  BlockStack,
  Box,
  Card,
  Checkbox,
  ChoiceList,
  FormLayout,
  Select,
  Text,
  TextField,
} from '@shopify/polaris';
import { campaignScopes } from '~/modules/loyalty/types';
import { t } from '../i18n';
import { useFormat } from '../shop-context';
import type { CampaignErrors, CampaignFormDraft } from './campaign-draft';

export interface ProductChoice {
  id: string;
  title: string;
}

interface CampaignFieldsProps {
  draft: CampaignFormDraft;
  errors: CampaignErrors;
  products: ProductChoice[];
  change: (changes: Partial<CampaignFormDraft>) => void;
}

type TextName = Exclude<keyof CampaignFormDraft, 'enabled' | 'scope' | 'productIds'>;

/** How often which goods count, and when. */
export function CampaignFields({ draft, errors, products, change }: CampaignFieldsProps) {
  const { currency } = useFormat();
  const text = (name: TextName) => ({
    name,
    autoComplete: 'off',
    value: draft[name],
    error: errors[name],
    onChange: (value: string) => change({ [name]: value }),
  });
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
          {draft.scope === 'products' && <Products {...{ draft, errors, products, change }} />}
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

function Products({ draft, errors, products, change }: CampaignFieldsProps) {
  if (products.length === 0) return <Text as="p">{t('campaigns.form.noProducts')}</Text>;
  return (
    <Box maxWidth="100%">
      <ChoiceList
        allowMultiple
        title={t('campaigns.form.products')}
        choices={products.map(({ id, title }) => ({ value: id, label: title }))}
        selected={draft.productIds}
        error={errors.productIds}
        onChange={(productIds) => change({ productIds })}
      />
    </Box>
  );
}
