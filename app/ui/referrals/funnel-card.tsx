import { BlockStack, Card, InlineStack, ProgressBar, Text } from '@shopify/polaris';
import type { ReferralFunnel } from '~/modules/insights/types';
import { CardTitle } from '../facts';
import { t } from '../i18n';
import { useFormat } from '../shop-context';
import { SideNote } from '../side-note';

/** The way from link to reward: how many got how far, as bars and as numbers. */
export function FunnelCard({ funnel }: { funnel: ReferralFunnel }) {
  const format = useFormat();
  const most = Math.max(1, ...funnel.map(({ count }) => count));
  return (
    <Card>
      <BlockStack gap="300">
        <CardTitle>{t('referrals.funnel.title')}</CardTitle>
        {funnel.map(({ step, count }) => (
          <BlockStack key={step} gap="100">
            <InlineStack align="space-between" gap="200">
              <Text as="span">{t(`referrals.funnel.${step}`)}</Text>
              <Text as="span" fontWeight="semibold" numeric>
                {format.number(count)}
              </Text>
            </InlineStack>
            <div aria-hidden>
              <ProgressBar progress={Math.round((100 * count) / most)} size="small" tone="primary" />
            </div>
          </BlockStack>
        ))}
        <SideNote>{t('referrals.funnel.note')}</SideNote>
      </BlockStack>
    </Card>
  );
}
