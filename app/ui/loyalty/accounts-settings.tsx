import { FormLayout, Select, Text, TextField } from '@shopify/polaris';
import { expiryModes } from '~/modules/loyalty/types';
import { CardForm } from '../card-form';
import { t } from '../i18n';
import { useFormat } from '../shop-context';
import { textFields } from '../text-fields';
import { useDraft } from '../use-draft';
import { findAccountsMistakes, type AccountsDraft } from './accounts-draft';

/** What a point is worth, and when points expire. */
export function AccountsSettings({ saved }: { saved: AccountsDraft }) {
  const format = useFormat();
  const form = useDraft(saved, findAccountsMistakes);
  const { draft, errors, change, save, saving } = form;
  const text = textFields<'pointValue' | 'days'>(draft, errors, (name, value) => change({ [name]: value }));
  return (
    <CardForm title={t('loyalty.accounts.settings')} saving={saving} onSave={save} unsaved={form}>
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
    </CardForm>
  );
}
