import { BlockStack, InlineGrid, Text } from '@shopify/polaris';
import type { AffiliateWeek } from '~/modules/affiliates/types';
import { TrendChart } from '../charts/charts';
import { WeeksCard } from '../charts/weeks-card';
import { t } from '../i18n';
import { useFormat } from '../shop-context';

/** Clicks, orders and commissions week by week, side by side: their numbers are too far apart for one chart. */
export function AffiliateWeeks({ weeks }: { weeks: AffiliateWeek[] }) {
  const format = useFormat();
  const empty = weeks.every(({ clicks, orders }) => clicks === 0 && orders === 0);
  return (
    <WeeksCard
      title={t('affiliates.weeks.title')}
      empty={empty ? t('affiliates.weeks.empty') : null}
      headings={[
        t('charts.week'),
        t('affiliates.figure.clicks'),
        t('affiliates.figure.orders'),
        t('affiliates.figure.commission'),
      ]}
      rows={weeks
        .toReversed()
        .map(({ monday, clicks, orders, commission }) => [
          format.day(monday),
          format.number(clicks),
          format.number(orders),
          format.money(commission),
        ])}
    >
      <InlineGrid columns={{ xs: 1, md: 3 }} gap="400">
        {(['clicks', 'orders', 'commission'] as const).map((name) => (
          <BlockStack key={name} gap="100">
            <Text as="h3" variant="headingSm">
              {t(`affiliates.figure.${name}`)}
            </Text>
            <TrendChart
              days={weeks.map((week) => ({ day: week.monday, value: String(week[name]) }))}
              unit={name === 'commission' ? 'money' : 'number'}
            />
          </BlockStack>
        ))}
      </InlineGrid>
    </WeeksCard>
  );
}
