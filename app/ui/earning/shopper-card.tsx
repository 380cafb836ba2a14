import { BlockStack, Card, List, Text } from '@shopify/polaris';
import { isOpen } from '~/modules/loyalty/types';
import { CardTitle } from '../facts';
import { t } from '../i18n';
import { useFormat } from '../shop-context';
import type { EarnView } from './earn-draft';

/** The ways to earn as customers will read them on `today`, a day of the shop's calendar. */
export function ShopperCard({ ways, today }: { ways: EarnView[]; today: string }) {
  const format = useFormat();
  const open = ways.filter((way) => isOpen(way, today));
  return (
    <Card>
      <BlockStack gap="300">
        <CardTitle>{t('earning.shopper.title')}</CardTitle>
        <Text as="p" tone="subdued">
          {open.length === 0 ? t('earning.shopper.none') : t('earning.shopper.text')}
        </Text>
        {open.length > 0 && (
          <List>
            {open.map(({ code, title, points }) => (
              <List.Item key={code}>
                {t('earning.shopper.line', { title, points: format.number(points) })}
              </List.Item>
            ))}
          </List>
        )}
      </BlockStack>
    </Card>
  );
}
