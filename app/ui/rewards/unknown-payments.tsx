import { Banner, BlockStack, Link, List, Text } from '@shopify/polaris';
import { t } from '../i18n';
import { useFormat } from '../shop-context';

export interface UnknownPayment {
  id: string;
  profileId: string;
  title: string;
  at: string;
}

/** Store credit of which nobody knows whether it was paid; each leads to its customer, where the merchant says so. */
export function UnknownPayments({ payments }: { payments: UnknownPayment[] }) {
  const format = useFormat();
  if (payments.length === 0) return null;
  return (
    <Banner tone="warning" title={t('rewards.unknown.title')}>
      <BlockStack gap="200">
        <Text as="p">{t('rewards.unknown.text')}</Text>
        <List>
          {payments.map(({ id, profileId, title, at }) => (
            <List.Item key={id}>
              <Link url={`/app/customers/${profileId}`}>{`${title}, ${format.date(at)}`}</Link>
            </List.Item>
          ))}
        </List>
      </BlockStack>
    </Banner>
  );
}
