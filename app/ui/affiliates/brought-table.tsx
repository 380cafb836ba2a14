import { BlockStack, Box, Card, InlineStack, Text } from '@shopify/polaris';
import type { AffiliateOrderRow, ListPage } from '~/modules/insights/types';
import { EmptyCard } from '../empty-card';
import { CardTitle } from '../facts';
import type { Format } from '../format';
import { t } from '../i18n';
import { ListTable, type ListRow } from '../list-table';
import { useFormat } from '../shop-context';
import { OutcomeBadge } from './state-badge';

/** The orders an affiliate brought, and what each of them earned. */
export function BroughtTable({ page }: { page: ListPage<AffiliateOrderRow> }) {
  const format = useFormat();
  return (
    <Card padding="0">
      {page.items.length > 0 && (
        <Box padding="400">
          <CardTitle>{t('affiliates.orders.title')}</CardTitle>
        </Box>
      )}
      <ListTable
        resource={{ singular: t('affiliates.orders.one'), plural: t('affiliates.orders.title') }}
        columns={[
          { title: t('affiliates.orders.placed') },
          { title: t('affiliates.orders.via') },
          { title: t('affiliates.orders.state') },
          { title: t('affiliates.orders.net'), alignment: 'end' },
          { title: t('affiliates.orders.commission'), alignment: 'end' },
        ]}
        rows={page.items.map((order) => toRow(order, format))}
        page={page}
        empty={
          <EmptyCard title={t('affiliates.orders.emptyTitle')} text={t('affiliates.orders.emptyText')} />
        }
      />
    </Card>
  );
}

function toRow(order: AffiliateOrderRow, format: Format): ListRow {
  const { orderId, via, code, outcome, waits, net, commission, currency, placedAt } = order;
  const how = code === null ? t(`affiliates.via.${via}`) : t('affiliates.via.code', { code });
  const state = <OutcomeBadge outcome={outcome} waits={waits} />;
  const earned = format.money(commission, currency);
  return {
    id: orderId,
    cells: [format.dateTime(placedAt), how, state, format.money(net, currency), earned],
    summary: (
      <BlockStack gap="100">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="span">{format.dateTime(placedAt)}</Text>
          {state}
        </InlineStack>
        <Text as="span" tone="subdued">
          {how}
        </Text>
        <Text as="span">{earned}</Text>
      </BlockStack>
    ),
  };
}
