import { BlockStack, Button, Card, Form, InlineStack, List, Text, TextField } from '@shopify/polaris';
import { useState } from 'react';
import type { AffiliatePayoutRow } from '~/modules/insights/types';
import { ConfirmModal } from '../confirm-modal';
import { CsvDownload } from '../csv-download';
import { CardTitle } from '../facts';
import { t } from '../i18n';
import { useFormat } from '../shop-context';
import { BatchBadge } from './state-badge';
import { useAct } from './use-act';

/** A payout: who gets what, and whether it was paid. */
export function BatchCard({ batch }: { batch: AffiliatePayoutRow }) {
  const format = useFormat();
  const { id, currency, total, state, reference, createdAt, payouts, people } = batch;
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <CardTitle>
            {t('affiliates.payouts.one', {
              total: format.money(total, currency),
              date: format.date(createdAt),
            })}
          </CardTitle>
          <BatchBadge state={state} />
        </InlineStack>
        <List>
          {payouts.map(({ name, amount }, index) => (
            <List.Item key={index}>
              {`${name ?? t('affiliates.erased')}: ${format.money(amount, currency)}`}
            </List.Item>
          ))}
          {people > payouts.length && (
            <List.Item>{t('affiliates.payouts.more', { count: people - payouts.length })}</List.Item>
          )}
        </List>
        {reference && (
          <Text as="p" tone="subdued" breakWord>
            {t('affiliates.payouts.paidWith', { reference })}
          </Text>
        )}
        <InlineStack>
          <CsvDownload from={`/app/affiliates/payouts/export?batch=${id}`}>
            {t('affiliates.payouts.export')}
          </CsvDownload>
        </InlineStack>
        {state === 'open' && <Settle id={id} />}
      </BlockStack>
    </Card>
  );
}

function Settle({ id }: { id: string }) {
  const { act, acting, error } = useAct();
  const [reference, setReference] = useState('');
  const [asking, setAsking] = useState(false);
  return (
    <Form onSubmit={() => act({ intent: 'paid', id, reference })} implicitSubmit={false}>
      <BlockStack gap="200">
        <TextField
          label={t('affiliates.payouts.reference')}
          helpText={t('affiliates.payouts.referenceHelp')}
          autoComplete="off"
          maxLength={200}
          value={reference}
          onChange={setReference}
          error={error}
        />
        <InlineStack gap="200">
          <Button submit variant="primary" loading={acting}>
            {t('affiliates.payouts.markPaid')}
          </Button>
          <Button onClick={() => setAsking(true)}>{t('affiliates.payouts.callOff')}</Button>
        </InlineStack>
      </BlockStack>
      <ConfirmModal
        id={`call-off-${id}`}
        open={asking}
        title={t('affiliates.payouts.callOffTitle')}
        text={t('affiliates.payouts.callOffText')}
        confirm={t('affiliates.payouts.callOff')}
        destructive
        onConfirm={() => {
          setAsking(false);
          act({ intent: 'cancel', id });
        }}
        onClose={() => setAsking(false)}
      />
    </Form>
  );
}
