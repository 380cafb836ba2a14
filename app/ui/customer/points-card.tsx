import { useFetcher } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { BlockStack, Button, Card, Collapsible, InlineStack, Text, TextField } from '@shopify/polaris';
import { nanoid } from 'nanoid';
import { useState } from 'react';
import type { ProfileView } from '~/modules/insights/types';
import { CardTitle } from '../facts';
import { t } from '../i18n';
import { useFormat } from '../shop-context';
import type { ProfileActionResult } from './types';
import { useAnswer } from '../use-answer';

/** A person's balance, and a form to correct it. */
export function PointsCard({ profile }: { profile: ProfileView }) {
  const format = useFormat();
  const [open, setOpen] = useState(false);
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center">
          <CardTitle>{t('customer.points.balance')}</CardTitle>
          <Button
            variant="plain"
            onClick={() => setOpen(!open)}
            ariaExpanded={open}
            ariaControls="adjust-points"
            disabled={profile.redacted}
          >
            {t('customer.points.adjust')}
          </Button>
        </InlineStack>
        <BlockStack>
          <Text as="p" variant="heading2xl">
            {format.number(profile.pointsBalance)}
          </Text>
          {profile.pointsPending > 0 && (
            <Text as="p" tone="subdued">
              {t('customer.points.pending', { count: profile.pointsPending })}
            </Text>
          )}
        </BlockStack>
        <Collapsible id="adjust-points" open={open}>
          {open && <AdjustForm balance={profile.pointsBalance} onDone={() => setOpen(false)} />}
        </Collapsible>
      </BlockStack>
    </Card>
  );
}

function AdjustForm({ balance, onDone }: { balance: number; onDone: () => void }) {
  const format = useFormat();
  const shopify = useAppBridge();
  const fetcher = useFetcher<ProfileActionResult>();
  const [points, setPoints] = useState('');
  const [reason, setReason] = useState('');
  // Of this form: sending it twice (a double click, a repeated request) adjusts once.
  const [key] = useState(() => nanoid());
  const result = fetcher.data;
  const errors = result && 'errors' in result ? result.errors : undefined;
  const change = /^-?\d+$/.test(points) ? Number(points) : null;

  useAnswer(result, (answer) => {
    if (!('done' in answer)) return;
    shopify.toast.show(t('customer.points.done'));
    onDone();
  });

  return (
    <fetcher.Form method="post">
      <input type="hidden" name="intent" value="adjust" />
      <input type="hidden" name="key" value={key} />
      <BlockStack gap="300">
        <TextField
          label={t('customer.points.points')}
          name="points"
          inputMode="numeric"
          autoComplete="off"
          value={points}
          onChange={setPoints}
          error={errors?.points}
          helpText={
            change === null || balance + change < 0
              ? t('customer.points.pointsHelp')
              : t('customer.points.preview', { points: format.number(balance + change) })
          }
        />
        <TextField
          label={t('customer.points.reason')}
          name="reason"
          autoComplete="off"
          maxLength={200}
          value={reason}
          onChange={setReason}
          error={errors?.reason}
          helpText={t('customer.points.reasonHelp')}
        />
        <InlineStack gap="200">
          <Button submit variant="primary" loading={fetcher.state !== 'idle'}>
            {t('customer.points.submit')}
          </Button>
          <Button onClick={onDone}>{t('common.cancel')}</Button>
        </InlineStack>
      </BlockStack>
    </fetcher.Form>
  );
}
