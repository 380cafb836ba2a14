import { useFetcher } from '@remix-run/react';
import { Banner, BlockStack, Button, Card, InlineStack, Text, TextField } from '@shopify/polaris';
import { useState } from 'react';
import { ConfirmModal } from '../confirm-modal';
import { CardTitle } from '../facts';
import { t } from '../i18n';
import { useFormat } from '../shop-context';

interface KeyCardProps {
  url: string;
  apiKey: { hint: string; madeAt: string } | null;
}

/** How other systems tell what customers did: the address and the secret key, which is shown once. */
export function KeyCard({ url, apiKey }: KeyCardProps) {
  const format = useFormat();
  const fetcher = useFetcher<{ key: string }>();
  const [asking, setAsking] = useState(false);
  const made = fetcher.data?.key ?? null;
  const make = () => {
    setAsking(false);
    fetcher.submit({ intent: 'rotate' }, { method: 'post', encType: 'application/json' });
  };
  return (
    <Card>
      <BlockStack gap="300">
        <CardTitle>{t('earning.api.title')}</CardTitle>
        <Text as="p" tone="subdued" breakWord>
          {t('earning.api.text', { url })}
        </Text>
        <Text as="p">
          {apiKey
            ? t('earning.api.made', { hint: apiKey.hint, date: format.date(apiKey.madeAt) })
            : t('earning.api.none')}
        </Text>
        <div aria-live="polite">
          {made !== null && (
            <BlockStack gap="200">
              <Banner tone="warning">{t('earning.api.show')}</Banner>
              <TextField
                label={t('earning.api.label')}
                value={made}
                autoComplete="off"
                readOnly
                selectTextOnFocus
                monospaced
              />
              <Example url={url} />
            </BlockStack>
          )}
        </div>
        <InlineStack align="start">
          <Button onClick={apiKey ? () => setAsking(true) : make} loading={fetcher.state !== 'idle'}>
            {apiKey ? t('earning.api.rotate') : t('earning.api.make')}
          </Button>
        </InlineStack>
      </BlockStack>
      <ConfirmModal
        id="earn-key"
        open={asking}
        title={t('earning.api.confirm')}
        text={t('earning.api.confirmText')}
        confirm={t('earning.api.rotate')}
        destructive
        onConfirm={make}
        onClose={() => setAsking(false)}
      />
    </Card>
  );
}

function Example({ url }: { url: string }) {
  const body = '{"event": "review", "eventId": "review-1", "customer": {"email": "ann@example.com"}}';
  const command = `curl -X POST ${url} -H "Authorization: Bearer $KEY" -H "Content-Type: application/json" -d '${body}'`;
  return (
    <TextField
      label={t('earning.api.example')}
      value={command}
      autoComplete="off"
      readOnly
      multiline={3}
      monospaced
    />
  );
}
