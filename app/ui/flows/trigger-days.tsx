import { useFetcher } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { Card, FormLayout, TextField } from '@shopify/polaris';
import { useState } from 'react';
import type { FlowTrigger } from '~/modules/flows/types';
import { t } from '../i18n';
import { UnsavedChanges } from '../unsaved-changes';
import { useAnswer } from '../use-answer';

interface TriggerDaysProps {
  flowKey: string;
  trigger: Extract<FlowTrigger, { days: unknown }>;
}

/** How long a win-back waits after the last order, or how long before points expire people are warned. */
export function TriggerDays({ flowKey, trigger }: TriggerDaysProps) {
  const shopify = useAppBridge();
  const fetcher = useFetcher<{ saved: true } | { error: string }>();
  const saved = daysText(trigger);
  const [text, setText] = useState(saved);
  const [error, setError] = useState<string>();
  const write = (days: string) => {
    setText(days);
    setError(undefined);
  };
  useAnswer(fetcher.data, (answer) => {
    if ('error' in answer) setError(answer.error);
    else shopify.toast.show(t('flows.saved'));
  });
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
        onDiscard={() => write(saved)}
      />
      <FormLayout>
        <TextField
          label={t(`flows.${words}.label`)}
          helpText={t(`flows.${words}.help`)}
          inputMode={trigger.kind === 'points_expiring' ? 'text' : 'numeric'}
          autoComplete="off"
          value={text}
          onChange={write}
          error={error}
        />
      </FormLayout>
    </Card>
  );
}

/** The days as the field shows them, e.g. "30, 7". */
export function daysText({ days }: Pick<TriggerDaysProps['trigger'], 'days'>): string {
  return Array.isArray(days) ? days.join(', ') : String(days);
}
