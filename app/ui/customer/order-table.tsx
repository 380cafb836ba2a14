import { Badge, BlockStack, InlineStack, Link, Text } from '@shopify/polaris';
import type { ListPage, OrderRow } from '~/modules/insights/types';
import { PaymentBadge } from '../badges';
import type { Format } from '../format';
import { t } from '../i18n';
import { ListTable, type ListRow } from '../list-table';
import { useFormat } from '../shop-context';

/** A person's orders with the points each left. */
export function OrderTable({ page }: { page: ListPage<OrderRow> }) {
  const format = useFormat();
  return (
    <ListTable
      resource={{ singular: t('customer.tab.orders'), plural: t('customer.tab.orders') }}
      columns={[
        { title: t('customer.orders.column.order') },
        { title: t('customer.orders.column.date') },
        { title: t('customer.orders.column.status') },
        { title: t('customer.orders.column.total'), alignment: 'end' },
        { title: t('customer.orders.column.net'), alignment: 'end' },
        { title: t('customer.orders.column.points'), alignment: 'end' },
      ]}
      rows={page.items.map((order) => toRow(order, format))}
      page={page}
    />
  );
}

function toRow(order: OrderRow, format: Format): ListRow {
  const name = (
    <Link url={`shopify:admin/orders/${order.id}`} target="_top" removeUnderline>
      {order.name}
    </Link>
  );
  const status = (
    <InlineStack gap="100">
      {order.cancelled && <Badge tone="critical">{t('customer.orders.cancelled')}</Badge>}
      {order.financialStatus && <PaymentBadge status={order.financialStatus} />}
      {order.test && <Badge>{t('customer.orders.test')}</Badge>}
    </InlineStack>
  );
  const points = format.number(order.points);
  return {
    id: order.id,
    cells: [
      name,
      format.date(order.processedAt),
      status,
      format.money(order.total),
      format.money(order.netRevenue),
      points,
    ],
    summary: (
      <BlockStack gap="100">
        <InlineStack align="space-between">
          {name}
          <Text as="span">{format.money(order.total)}</Text>
        </InlineStack>
        <Text as="span" tone="subdued" variant="bodySm">
          {format.date(order.processedAt)}, {t('common.points', { count: order.points })}
        </Text>
        {status}
      </BlockStack>
    ),
  };
}
