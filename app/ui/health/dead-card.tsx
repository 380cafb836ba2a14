import { useFetcher } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { BlockStack, Box, Button, Card, Text } from '@shopify/polaris';
import type { DeadDelivery } from '~/modules/insights/types';
import { CardTitle } from '../facts';
import { t } from '../i18n';
import { ListTable } from '../list-table';
import { useFormat } from '../shop-context';
import wrapping from '../wrapping.module.css';
import { useAnswer } from '../use-answer';

/** Deliveries that were given up, each with its error and another try. */
export function DeadCard({ dead }: { dead: DeadDelivery[] }) {
  const format = useFormat();
  return (
    <Card padding="0">
      <Box padding="400">
        <BlockStack gap="200">
          <CardTitle>{t('health.dead.title')}</CardTitle>
          {dead.length === 0 && (
            <Text as="p" tone="subdued">
              {t('health.dead.empty')}
            </Text>
          )}
        </BlockStack>
      </Box>
      {dead.length > 0 && (
        <ListTable
          resource={{ singular: t('health.dead.title'), plural: t('health.dead.title') }}
          columns={[
            { title: t('health.dead.column.topic') },
            { title: t('health.dead.column.received') },
            { title: t('health.dead.column.error') },
            { title: t('health.dead.column.attempts'), alignment: 'end' },
            { title: t('health.dead.column.action') },
          ]}
          rows={dead.map((delivery) => ({
            id: delivery.id,
            cells: [
              delivery.topic,
              format.dateTime(delivery.receivedAt),
              <ErrorText key="error" text={delivery.error} />,
              format.number(delivery.attempts),
              <RetryButton key="retry" delivery={delivery} />,
            ],
            summary: (
              <BlockStack gap="100" inlineAlign="start">
                <Text as="span" fontWeight="semibold">
                  {delivery.topic}
                </Text>
                <Text as="span" tone="subdued" variant="bodySm">
                  {format.dateTime(delivery.receivedAt)}
                </Text>
                <ErrorText text={delivery.error} />
                <RetryButton delivery={delivery} />
              </BlockStack>
            ),
          }))}
        />
      )}
    </Card>
  );
}

function ErrorText({ text }: { text: string | null }) {
  return (
    <div className={wrapping.text}>
      <Text as="span" tone="critical" breakWord>
        {(text ?? t('common.unknown')).slice(0, 300)}
      </Text>
    </div>
  );
}

function RetryButton({ delivery }: { delivery: DeadDelivery }) {
  const shopify = useAppBridge();
  const fetcher = useFetcher<{ retried: string }>();
  const result = fetcher.data;
  useAnswer(result, () => shopify.toast.show(t('health.dead.retried')));
  return (
    <Button
      loading={fetcher.state !== 'idle'}
      onClick={() => fetcher.submit({ intent: 'retry', id: delivery.id }, { method: 'post' })}
      accessibilityLabel={t('health.dead.retryNamed', { topic: delivery.topic })}
    >
      {t('health.dead.retry')}
    </Button>
  );
}
