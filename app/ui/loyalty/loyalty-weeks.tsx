import { ComparisonChart } from '../charts/comparison-chart';
import { WeeksCard } from '../charts/weeks-card';
import { t } from '../i18n';
import { useFormat } from '../shop-context';
import type { LoyaltyWeek } from './weeks';

/** What was earned against what was redeemed, week by week. */
export function LoyaltyWeeks({ weeks }: { weeks: LoyaltyWeek[] }) {
  const format = useFormat();
  const empty = weeks.every(({ earned, redeemed }) => earned === 0 && redeemed === 0);
  return (
    <WeeksCard
      title={t('loyalty.chart.title')}
      empty={empty ? t('loyalty.chart.empty') : null}
      headings={[t('charts.week'), t('loyalty.chart.earned'), t('loyalty.chart.redeemed')]}
      rows={weeks
        .toReversed()
        .map(({ monday, earned, redeemed }) => [
          format.day(monday),
          format.number(earned),
          format.number(redeemed),
        ])}
    >
      <ComparisonChart
        points={weeks.map(({ monday, earned, redeemed }) => ({
          span: format.day(monday),
          first: earned,
          second: redeemed,
        }))}
        firstLabel={t('loyalty.chart.earned')}
        secondLabel={t('loyalty.chart.redeemed')}
      />
    </WeeksCard>
  );
}
