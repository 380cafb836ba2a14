import { BlockStack, Button, Card, FormLayout, InlineStack, Select, Text, TextField } from '@shopify/polaris';
import { expiryModes } from '~/modules/loyalty/types';
import { CardTitle } from '../facts';
import { t } from '../i18n';
import { useFormat } from '../shop-context';
import { useDraft } from '../use-draft';
import { findAccountsMistakes, type AccountsDraft } from './accounts-draft';

/** What a point is worth, and when points expire. */
export function AccountsSettings({ saved }: { saved: AccountsDraft }) {
  const format = useFormat();
  const { draft, errors, change, save, saving } = useDraft(saved, findAccountsMistakes);
  const text = (name: 'pointValue' | 'days') => ({
    name,
    autoComplete: 'off',
    value: draft[name],
    error: errors[name],
    onChange: (value: string) => change({ [name]: value }),
  });
  return (
    <Card>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <BlockStack gap="400">
          <CardTitle>{t('loyalty.accounts.settings')}</CardTitle>
          <FormLayout>
            <TextField
              label={t('loyalty.accounts.value')}
              helpText={t('loyalty.accounts.valueHelp')}
              suffix={format.currency}
              inputMode="decimal"
              {...text('pointValue')}
            />
            <Select
              label={t('loyalty.accounts.mode')}
              options={expiryModes.map((value) => ({ value, label: t(`loyalty.accounts.modes.${value}`) }))}
              value={draft.mode}
              onChange={(value) => change({ mode: expiryModes.find((mode) => mode === value) })}
            />
            {draft.mode !== 'never' && (
              <TextField
                label={t('loyalty.accounts.days')}
                inputMode="numeric"
                suffix={t('loyalty.accounts.daysSuffix')}
                {...text('days')}
              />
            )}
            <div aria-live="polite">
              <Text as="p" tone="subdued">
                {t(`loyalty.accounts.explained.${draft.mode}`)}
              </Text>
              {draft.mode !== 'never' && (
                <Text as="p" tone="subdued">
                  {t('loyalty.accounts.notice')}
                </Text>
              )}
            </div>
          </FormLayout>
          <InlineStack align="end">
            <Button submit variant="primary" loading={saving}>
              {t('common.save')}
            </Button>
          </InlineStack>
        </BlockStack>
      </form>
    </Card>
  );
}
