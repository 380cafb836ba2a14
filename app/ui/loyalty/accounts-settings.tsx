import { useFetcher } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { BlockStack, Button, Card, FormLayout, InlineStack, Select, Text, TextField } from '@shopify/polaris';
import { useEffect, useState } from 'react';
import { expiryModes } from '~/modules/loyalty/types';
import { CardTitle } from '../facts';
import { t } from '../i18n';
import { useFormat } from '../shop-context';
import {
  findAccountsMistakes,
  type AccountsDraft,
  type AccountsErrors,
  type AccountsResult,
} from './accounts-draft';

/** What a point is worth, and when points expire. */
export function AccountsSettings({ saved }: { saved: AccountsDraft }) {
  const format = useFormat();
  const { draft, errors, change, save, saving } = useDraft(saved);
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

function useDraft(saved: AccountsDraft) {
  const [draft, setDraft] = useState(saved);
  const [errors, setErrors] = useState<AccountsErrors>({});
  const { submit, saving } = useSave(setErrors);
  return {
    draft,
    errors,
    saving,
    change: (changes: Partial<AccountsDraft>) => {
      setDraft((current) => ({ ...current, ...changes }));
      // A field that is being corrected is not wrong until it is saved again.
      setErrors((current) =>
        Object.fromEntries(Object.entries(current).filter(([name]) => !(name in changes))),
      );
    },
    save: () => {
      const found = findAccountsMistakes(draft);
      if ('errors' in found) setErrors(found.errors);
      else submit(draft);
    },
  };
}

function useSave(onErrors: (errors: AccountsErrors) => void) {
  const shopify = useAppBridge();
  const fetcher = useFetcher<AccountsResult>();
  const result = fetcher.data;
  useEffect(() => {
    if (!result) return;
    if ('errors' in result) onErrors(result.errors);
    else shopify.toast.show(t('settings.saved'));
  }, [result, shopify, onErrors]);
  return {
    submit: (draft: AccountsDraft) => fetcher.submit(draft, { method: 'post', encType: 'application/json' }),
    saving: fetcher.state !== 'idle',
  };
}
