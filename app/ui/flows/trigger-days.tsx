import { useFetcher } from '@remix-run/react';
import { Card, FormLayout, TextField } from '@shopify/polaris';
import { useState } from 'react';
import type { FlowTrigger } from '~/modules/flows/types';
import { t } from '../i18n';
import { UnsavedChanges } from '../unsaved-changes';

interface TriggerDaysProps {
  flowKey: string;
  trigger: Extract<FlowTrigger, { days: unknown }>;
}

/** How long a win-back waits after the last order, or how long before points expire people are warned. */
export function TriggerDays({ flowKey, trigger }: TriggerDaysProps) {
  const fetcher = useFetcher<{ error?: string }>();
  const saved = daysText(trigger);
  const [text, setText] = useState(saved);
  const words = trigger.kind === 'points_expiring' ? 'warnings' : 'days';
  const save = () =>
    fetcher.submit({ intent: 'days', days: text }, { method: 'post', action: `/app/flows/${flowKey}` });
  return (
    <Card>
      <UnsavedChanges
        id="trigger-days"
        dirty={text !== saved}
        saving={fetcher.state !== 'idle'}
        onSave={save}
        onDiscard={() => setText(saved)}
      />
      <FormLayout>
        <TextField
          label={t(`flows.${words}.label`)}
          helpText={t(`flows.${words}.help`)}
          inputMode={trigger.kind === 'points_expiring' ? 'text' : 'numeric'}
          autoComplete="off"
          value={text}
          onChange={setText}
          error={fetcher.data?.error}
        />
      </FormLayout>
    </Card>
  );
}

/** The days as the field shows them, e.g. "30, 7". */
export function daysText({ days }: Pick<TriggerDaysProps['trigger'], 'days'>): string {
  return Array.isArray(days) ? days.join(', ') : String(days);
}
