import { BlockStack, InlineStack, Text } from '@shopify/polaris';
import type { AffiliateRow, ListPage } from '~/modules/insights/types';
import { EmptyCard } from '../empty-card';
import type { Format } from '../format';
import { t } from '../i18n';
import { ListTable, type ListRow } from '../list-table';
import { RowLink } from '../row-link';
import { useFormat } from '../shop-context';
import { AffiliateBadge } from './state-badge';
import { amountsText } from './words';

/** The shop's affiliates; a row leads to the person. */
export function AffiliateTable({ page }: { page: ListPage<AffiliateRow> }) {
  const format = useFormat();
  return (
    <ListTable
      resource={{ singular: t('affiliates.one'), plural: t('affiliates.title') }}
      columns={[
        { title: t('affiliates.column.who') },
        { title: t('affiliates.column.state') },
        { title: t('affiliates.column.group') },
        { title: t('affiliates.column.clicks'), alignment: 'end' },
        { title: t('affiliates.column.orders'), alignment: 'end' },
        { title: t('affiliates.column.payable'), alignment: 'end' },
      ]}
      rows={page.items.map((affiliate) => toRow(affiliate, format))}
      page={page}
      empty={<EmptyCard title={t('affiliates.emptyTitle')} text={t('affiliates.emptyText')} />}
    />
  );
}

function toRow(affiliate: AffiliateRow, format: Format): ListRow {
  const { id, name, email, state, group, clicks, orders } = affiliate;
  const link = <RowLink url={`/app/affiliates/${id}`}>{name ?? t('affiliates.erased')}</RowLink>;
  const mail = (
    <Text as="span" tone="subdued" variant="bodySm" breakWord>
      {email ?? ''}
    </Text>
  );
  const payable = amountsText(affiliate.payable, format);
  return {
    id,
    cells: [
      <BlockStack key="who">
        {link}
        {mail}
      </BlockStack>,
      <AffiliateBadge key="state" state={state} />,
      group ?? '',
      format.number(clicks),
      format.number(orders),
      payable,
    ],
    summary: (
      <BlockStack gap="100">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          {link}
          <AffiliateBadge state={state} />
        </InlineStack>
        {mail}
        <Text as="span">{t('affiliates.summary', { count: orders, payable })}</Text>
      </BlockStack>
    ),
  };
}
