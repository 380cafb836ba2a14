import { Banner, Text } from '@shopify/polaris';
import type { OfferStock } from '~/modules/referrals/types';
import { t } from '../i18n';

/** How many codes are ready for friends, or what Shopify says against making some. */
export function StockNote({ stock }: { stock: OfferStock | null }) {
  if (stock === null) return null;
  if (stock.error !== null)
    return (
      <Banner tone="warning" title={t('referrals.stock.refused')}>
        <Text as="p">{stock.error}</Text>
        <Text as="p">{t('referrals.stock.meanwhile')}</Text>
      </Banner>
    );
  return (
    <Text as="p" tone="subdued">
      {t(stock.free === 0 ? 'referrals.stock.none' : 'referrals.stock.ready', { count: stock.free })}
    </Text>
  );
}
