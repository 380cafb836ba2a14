import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { BlockStack, Button, Card, InlineGrid, InlineStack, Text } from '@shopify/polaris';
import { getFlowsPage } from '~/modules/insights/index.server';
import type { FlowSummary } from '~/modules/insights/types';
import { clock } from '~/platform/clock.server';
import { withShop } from '~/platform/db/index.server';
import { requireShop } from '~/shopify.server';
import { AdminPage } from '~/ui/admin-page';
import { answer } from '~/ui/answer';
import { FlowBadge } from '~/ui/badges';
import { CardTitle } from '~/ui/facts';
import { FlowSwitch } from '~/ui/flows/flow-switch';
import { SenderBanner } from '~/ui/flows/sender-banner';
import { t, word } from '~/ui/i18n';
import { useFormat } from '~/ui/shop-context';
import { titled } from '~/ui/page-meta';

export { pageHeaders as headers } from '~/ui/page-headers.server';
export { PageError as ErrorBoundary } from '~/ui/page-error';
export { keepData as shouldRevalidate } from '~/ui/keep-page';

export const meta = titled('flows.title');

export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId } = await requireShop(request);
  return answer(() => withShop(shopId, (tx) => getFlowsPage(tx, { shopId, now: clock.now() })));
}

export default function Flows() {
  const { shop, flows, senderReady } = useLoaderData<typeof loader>();
  return (
    <AdminPage shop={shop} title={t('flows.title')} subtitle={t('flows.intro')}>
      <BlockStack gap="400">
        {!senderReady && <SenderBanner />}
        {flows.map((flow) => (
          <FlowCard key={flow.key} flow={flow} />
        ))}
        {flows.length === 0 && <Text as="p">{t('flows.empty')}</Text>}
      </BlockStack>
    </AdminPage>
  );
}

function FlowCard({ flow }: { flow: FlowSummary }) {
  const format = useFormat();
  const figures = [
    [t('flows.figure.running'), format.number(flow.running)],
    [t('flows.figure.entered'), format.number(flow.entered)],
    [t('flows.figure.sent'), format.number(flow.sent)],
    [t('flows.figure.revenue'), format.money(flow.revenue)],
  ] as const;
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="start" gap="300" wrap>
          <BlockStack gap="100">
            <InlineStack align="start" gap="200" blockAlign="center">
              <CardTitle>{word('flows.name', flow.key)}</CardTitle>
              <FlowBadge enabled={flow.enabled} />
            </InlineStack>
            <Text as="p" tone="subdued">
              {word('flows.about', flow.key)}
            </Text>
          </BlockStack>
          <InlineStack align="start" gap="200">
            <FlowSwitch
              flowKey={flow.key}
              enabled={flow.enabled}
              primary={flow.key === 'abandoned_checkout'}
            />
            <Button
              url={`/app/flows/${flow.key}`}
              accessibilityLabel={`${t('flows.open')}: ${word('flows.name', flow.key)}`}
            >
              {t('flows.open')}
            </Button>
          </InlineStack>
        </InlineStack>
        <InlineGrid columns={{ xs: 2, md: 4 }} gap="300">
          {figures.map(([label, value]) => (
            <BlockStack key={label}>
              <Text as="span" tone="subdued" variant="bodySm">
                {label}
              </Text>
              <Text as="span" variant="headingSm">
                {value}
              </Text>
            </BlockStack>
          ))}
        </InlineGrid>
      </BlockStack>
    </Card>
  );
}
