import { BlockStack, Card, InlineStack, Text } from '@shopify/polaris';
import type { AffiliateSummary } from '~/modules/affiliates/types';
import { EmptyCard } from '../empty-card';
import type { Format } from '../format';
import { t } from '../i18n';
import { ListTable, type ListRow } from '../list-table';
import { RowLink } from '../row-link';
import { useFormat } from '../shop-context';
import { AffiliateBadge } from './state-badge';
import { amountsText } from './words';

/** An affiliate as the loader sends it. */
export type AffiliateRow = Pick<
  AffiliateSummary,
  'name' | 'email' | 'state' | 'group' | 'clicks' | 'orders' | 'balances'
> & { id: string };

/** The shop's affiliates; a row leads to the person. */
export function AffiliateTable({ affiliates }: { affiliates: AffiliateRow[] }) {
  const format = useFormat();
  return (
    <Card padding="0">
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
        rows={affiliates.map((affiliate) => toRow(affiliate, format))}
        empty={<EmptyCard title={t('affiliates.emptyTitle')} text={t('affiliates.emptyText')} />}
      />
    </Card>
  );
}

function toRow(affiliate: AffiliateRow, format: Format): ListRow {
  const { id, name, email, state, group, clicks, orders, balances } = affiliate;
  const link = <RowLink url={`/app/affiliates/${id}`}>{name ?? t('affiliates.erased')}</RowLink>;
  const mail = (
    <Text as="span" tone="subdued" variant="bodySm" breakWord>
      {email ?? ''}
    </Text>
  );
  const payable = amountsText(
    balances.map((balance) => ({ currency: balance.currency, amount: balance.payable })),
    format,
  );
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
        <InlineStack align="space-between" gap="200">
          {link}
          <AffiliateBadge state={state} />
        </InlineStack>
        {mail}
        <Text as="span">{t('affiliates.summary', { orders, payable })}</Text>
      </BlockStack>
    ),
  };
}
