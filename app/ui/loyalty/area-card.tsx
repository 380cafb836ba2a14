import { BlockStack, Button, Card, InlineStack, Text } from '@shopify/polaris';
import { CardTitle } from '../facts';
import { t } from '../i18n';

const urls = {
  tiers: '/app/loyalty/tiers',
  rewards: '/app/loyalty/rewards',
  rules: '/app/settings',
  earning: '/app/loyalty/earning',
  accounts: '/app/loyalty/accounts',
  adjustments: '/app/loyalty/adjustments',
  connections: '/app/loyalty/connections',
} as const;

export const loyaltyAreas = [
  'tiers',
  'rewards',
  'rules',
  'earning',
  'accounts',
  'adjustments',
  'connections',
] as const;

/** The way into one part of the loyalty programme. */
export function AreaCard({ area }: { area: (typeof loyaltyAreas)[number] }) {
  return (
    <Card>
      <BlockStack gap="300">
        <CardTitle>{t(`loyalty.areas.${area}.title`)}</CardTitle>
        <Text as="p" tone="subdued">
          {t(`loyalty.areas.${area}.text`)}
        </Text>
        <InlineStack align="start">
          <Button url={urls[area]}>{t(`loyalty.areas.${area}.action`)}</Button>
        </InlineStack>
      </BlockStack>
    </Card>
  );
}
