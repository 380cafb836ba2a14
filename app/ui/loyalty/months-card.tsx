import { BlockStack, Button, Card, DataTable, InlineStack, Text } from '@shopify/polaris';
import { useState } from 'react';
import type { LoyaltyMonth } from '~/modules/insights/types';
import { ComparisonChart } from '../charts/comparison-chart';
import { CardTitle } from '../facts';
import { t } from '../i18n';
import { useFormat } from '../shop-context';

/** What was earned against what was taken back, month by month, drawn and as a table. */
export function MonthsCard({ months }: { months: LoyaltyMonth[] }) {
  const format = useFormat();
  const [asTable, setAsTable] = useState(false);
  const empty = months.every(({ earned, takenBack }) => earned === 0 && takenBack === 0);
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <CardTitle>{t('loyalty.chart.title')}</CardTitle>
          {!empty && (
            <Button variant="plain" onClick={() => setAsTable(!asTable)} ariaExpanded={asTable}>
              {asTable ? t('loyalty.chart.hideTable') : t('loyalty.chart.table')}
            </Button>
          )}
        </InlineStack>
        {empty ? (
          <Text as="p" tone="subdued">
            {t('loyalty.chart.empty')}
          </Text>
        ) : (
          <ComparisonChart
            points={months.map(({ month, earned, takenBack }) => ({
              span: format.month(month),
              first: earned,
              second: takenBack,
            }))}
            firstLabel={t('loyalty.chart.earned')}
            secondLabel={t('loyalty.chart.takenBack')}
          />
        )}
        {asTable && (
          <DataTable
            columnContentTypes={['text', 'numeric', 'numeric']}
            headings={[t('loyalty.chart.month'), t('loyalty.chart.earned'), t('loyalty.chart.takenBack')]}
            rows={months.map(({ month, earned, takenBack }) => [
              format.month(month),
              format.number(earned),
              format.number(takenBack),
            ])}
            increasedTableDensity
          />
        )}
      </BlockStack>
    </Card>
  );
}
