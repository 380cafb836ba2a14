import { useFetcher } from '@remix-run/react';
import { Card, FormLayout, TextField } from '@shopify/polaris';
import { useState } from 'react';
import { t } from '../i18n';
import { UnsavedChanges } from '../unsaved-changes';

interface TriggerDaysProps {
  flowKey: string;
  days: number;
}

/** How long a win-back waits after the last order. */
export function TriggerDays({ flowKey, days }: TriggerDaysProps) {
  const fetcher = useFetcher<{ error?: string; saved?: number }>();
  const [text, setText] = useState(String(days));
  const save = () =>
    fetcher.submit({ intent: 'days', days: text }, { method: 'post', action: `/app/flows/${flowKey}` });
  return (
    <Card>
      <UnsavedChanges
        id="trigger-days"
        dirty={text !== String(days)}
        saving={fetcher.state !== 'idle'}
        onSave={save}
        onDiscard={() => setText(String(days))}
      />
      <FormLayout>
        <TextField
          label={t('flows.days.label')}
          helpText={t('flows.days.help')}
          inputMode="numeric"
          autoComplete="off"
          value={text}
          onChange={setText}
          error={fetcher.data?.error}
        />
      </FormLayout>
    </Card>
  );
}
