import { BlockStack, Box, Card, InlineStack, Text } from '@shopify/polaris';
import { accountingUnits, type AccountingPeriod, type AccountingReport } from '~/modules/loyalty/types';
import { TrendChart } from '../charts/charts';
import { CsvDownload } from '../csv-download';
import { EmptyCard } from '../empty-card';
import { CardTitle } from '../facts';
import type { Format } from '../format';
import { t } from '../i18n';
import { ListTable, type ListRow } from '../list-table';
import { useFormat } from '../shop-context';
import { UrlTabs } from '../url-tabs';

const columns = [
  'opening',
  'earned',
  'reversed',
  'adjusted',
  'redeemed',
  'expired',
  'closing',
  'pending',
] as const;

/** The books by day or month: drawn, as a table whose lines add up, and as a file. */
export function BooksCard({ report }: { report: AccountingReport }) {
  const format = useFormat();
  const { unit, periods } = report;
  const empty = periods.every(
    ({ opening, closing, earned }) => opening === 0 && closing === 0 && earned === 0,
  );
  return (
    <Card padding="0">
      <UrlTabs tabs={accountingUnits} selected={unit} label={(tab) => t(`loyalty.accounts.by.${tab}`)} />
      {empty ? (
        <EmptyCard
          title={t('loyalty.accounts.emptyTitle')}
          text={t('loyalty.accounts.emptyText')}
          action={{ content: t('loyalty.accounts.emptyAction'), url: '/app/settings' }}
        />
      ) : (
        <>
          <Box padding="400">
            <BlockStack gap="300">
              <InlineStack align="space-between" blockAlign="center" gap="200">
                <CardTitle>{t('loyalty.accounts.chart')}</CardTitle>
                <CsvDownload from={`/app/loyalty/accounts/export?unit=${unit}`}>
                  {t('loyalty.accounts.export')}
                </CsvDownload>
              </InlineStack>
              <TrendChart
                days={periods.map(({ period, closing }) => ({
                  day: firstDay(period),
                  value: String(closing),
                }))}
                unit="number"
                span={unit}
              />
              <Text as="p" tone="subdued">
                {t('loyalty.accounts.identity')}
              </Text>
            </BlockStack>
          </Box>
          <ListTable
            resource={{ singular: t('loyalty.accounts.title'), plural: t('loyalty.accounts.title') }}
            columns={[
              { title: t('loyalty.accounts.column.period') },
              ...columns.map((name) => ({
                title: t(`loyalty.accounts.column.${name}`),
                alignment: 'end' as const,
              })),
            ]}
            rows={periods.toReversed().map((period) => toRow(period, format))}
          />
        </>
      )}
    </Card>
  );
}

function toRow(row: AccountingPeriod, format: Format): ListRow {
  const name = row.period.length === 7 ? format.month(firstDay(row.period)) : format.day(row.period);
  const movements = (['earned', 'reversed', 'adjusted', 'redeemed', 'expired'] as const).filter(
    (column) => row[column] !== 0,
  );
  return {
    id: row.period,
    cells: [name, ...columns.map((column) => format.number(row[column]))],
    summary: (
      <BlockStack gap="050">
        <InlineStack align="space-between">
          <Text as="span" fontWeight="semibold">
            {name}
          </Text>
          <Text as="span">{format.number(row.closing)}</Text>
        </InlineStack>
        {movements.map((column) => (
          <Text key={column} as="span" tone="subdued" variant="bodySm">
            {t(`loyalty.accounts.column.${column}`)}: {format.signed(row[column])}
          </Text>
        ))}
      </BlockStack>
    ),
  };
}

/** Where a period stands on the axis of the chart. */
function firstDay(period: string): string {
  return period.length === 7 ? `${period}-01` : period;
}
