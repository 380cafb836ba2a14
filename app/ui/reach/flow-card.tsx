import { Badge, Banner, BlockStack, Button, Card, InlineStack } from '@shopify/polaris';
import type { Connections } from '~/modules/insights/types';
import { signalHandles } from '~/modules/signals/types';
import { CardHead, Facts } from '../facts';
import { t, word } from '../i18n';
import { useFormat } from '../shop-context';

/** What workflows in Shopify Flow begin with, and whether it arrives. */
export function FlowCard({ flow, shopDomain }: { flow: Connections['flow']; shopDomain: string }) {
  const format = useFormat();
  const { triggers, waiting, refused, lastError } = flow;
  const countsForAll = triggers.some((trigger) => !signalHandles.some((handle) => handle === trigger));
  const isUsed = (handle: string) => countsForAll || triggers.includes(handle);
  return (
    <Card>
      <BlockStack gap="400">
        <CardHead title={t('reach.flow.title')} text={t('reach.flow.text')} />
        {refused > 0 && (
          <Banner tone="warning">
            {t('reach.flow.refused', { count: refused, error: lastError ?? '' })}
          </Banner>
        )}
        <Facts
          facts={[
            ...signalHandles.map((handle) => ({
              label: word('flowTrigger', handle),
              value: isUsed(handle) ? (
                <Badge tone="success">{t('reach.flow.used')}</Badge>
              ) : (
                <Badge>{t('reach.flow.unused')}</Badge>
              ),
            })),
            {
              label: t('reach.flow.waiting'),
              value: waiting === 0 ? t('reach.flow.none') : format.number(waiting),
            },
          ]}
        />
        <InlineStack align="start">
          <Button url={`https://${shopDomain}/admin/apps/flow`} target="_top">
            {t('reach.flow.open')}
          </Button>
        </InlineStack>
      </BlockStack>
    </Card>
  );
}
