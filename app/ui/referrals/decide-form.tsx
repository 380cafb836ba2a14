import { useFetcher } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { BlockStack, Button, InlineStack, Text, TextField } from '@shopify/polaris';
import { useState } from 'react';
import { t } from '../i18n';
import { useAnswer } from '../use-answer';

/** What an action that decides on referrals answers. */
export type DecideResult = { done: true } | { errors: { reason: string } };

interface DecideFormProps {
  /** The referrals to decide on. */
  ids: string[];
  onDone?: () => void;
}

/** Approves or rejects referrals, one or many, with a reason. */
export function DecideForm({ ids, onDone }: DecideFormProps) {
  const shopify = useAppBridge();
  const fetcher = useFetcher<DecideResult>();
  const [reason, setReason] = useState('');
  const result = fetcher.data;
  const error = result && 'errors' in result ? result.errors.reason : undefined;
  useAnswer(result, (answer) => {
    if (!('done' in answer)) return;
    shopify.toast.show(t('referrals.decide.done'));
    setReason('');
    onDone?.();
  });
  const decide = (decision: 'approved' | 'rejected') =>
    fetcher.submit({ ids, decision, reason }, { method: 'post', encType: 'application/json' });
  const busy = fetcher.state !== 'idle';
  return (
    <BlockStack gap="300">
      <TextField
        label={t('referrals.decide.reason')}
        helpText={t('referrals.decide.reasonHelp')}
        value={reason}
        onChange={setReason}
        error={error}
        maxLength={500}
        autoComplete="off"
        multiline={2}
      />
      <InlineStack gap="200" blockAlign="center">
        <Button variant="primary" loading={busy} onClick={() => decide('approved')}>
          {t('referrals.decide.approve', { count: ids.length })}
        </Button>
        <Button tone="critical" disabled={busy} onClick={() => decide('rejected')}>
          {t('referrals.decide.reject', { count: ids.length })}
        </Button>
      </InlineStack>
      <Text as="p" tone="subdued" variant="bodySm">
        {t('referrals.decide.note')}
      </Text>
    </BlockStack>
  );
}
