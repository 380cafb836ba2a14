import { BlockStack, Button, Card, DataTable, InlineStack, Text } from '@shopify/polaris';
import { useState } from 'react';
import { ComparisonChart } from '../charts/comparison-chart';
import { CardTitle } from '../facts';
import { t } from '../i18n';
import { useFormat } from '../shop-context';
import type { LoyaltyWeek } from './weeks';

/** What was earned against what was redeemed, week by week, drawn and as a table. */
export function WeeksCard({ weeks }: { weeks: LoyaltyWeek[] }) {
  const format = useFormat();
  const [asTable, setAsTable] = useState(false);
  const empty = weeks.every(({ earned, redeemed }) => earned === 0 && redeemed === 0);
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
            points={weeks.map(({ monday, earned, redeemed }) => ({
              span: format.day(monday),
              first: earned,
              second: redeemed,
            }))}
            firstLabel={t('loyalty.chart.earned')}
            secondLabel={t('loyalty.chart.redeemed')}
          />
        )}
        {asTable && (
          <DataTable
            columnContentTypes={['text', 'numeric', 'numeric']}
            headings={[t('loyalty.chart.week'), t('loyalty.chart.earned'), t('loyalty.chart.redeemed')]}
            rows={weeks
              .toReversed()
              .map(({ monday, earned, redeemed }) => [
                format.day(monday),
                format.number(earned),
                format.number(redeemed),
              ])}
            increasedTableDensity
          />
        )}
      </BlockStack>
    </Card>
  );
}
