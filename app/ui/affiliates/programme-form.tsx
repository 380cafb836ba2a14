import { Checkbox, FormLayout, TextField } from '@shopify/polaris';
import type { Programme } from '~/modules/affiliates/types';
import { CardForm } from '../card-form';
import { t } from '../i18n';
import { useFormat } from '../shop-context';
import { useDraftState } from '../use-draft-state';
import { useAct } from './use-act';

/** What the application page says, and from which amount on money is paid out. */
export function ProgrammeForm({ saved }: { saved: Omit<Programme, 'token'> }) {
  const format = useFormat();
  const form = useDraftState({ ...saved, title: saved.title ?? '', intro: saved.intro ?? '' }, () => ({}));
  const { draft, change, dirty } = form;
  const { act, acting, error } = useAct();
  const text = (name: 'title' | 'intro' | 'minimumPayout') => ({
    autoComplete: 'off',
    value: draft[name],
    onChange: (value: string) => change({ [name]: value }),
  });
  return (
    <CardForm
      title={t('affiliates.settings.programme')}
      saving={acting}
      onSave={() =>
        act({ intent: 'programme', ...draft, minimumPayout: draft.minimumPayout.replace(',', '.') })
      }
      unsaved={form}
    >
      <FormLayout>
        <TextField label={t('affiliates.settings.heading')} maxLength={100} {...text('title')} />
        <TextField
          label={t('affiliates.settings.intro')}
          helpText={t('affiliates.settings.introHelp')}
          maxLength={2_000}
          multiline={3}
          {...text('intro')}
        />
        <Checkbox
          label={t('affiliates.settings.open')}
          checked={draft.isOpen}
          onChange={(isOpen) => change({ isOpen })}
        />
        <TextField
          label={t('affiliates.settings.minimum')}
          helpText={t('affiliates.settings.minimumHelp')}
          inputMode="decimal"
          suffix={format.currency}
          error={dirty ? error : undefined}
          {...text('minimumPayout')}
        />
      </FormLayout>
    </CardForm>
  );
}
