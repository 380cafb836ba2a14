import type { AccountingReport } from '~/modules/loyalty/types';
import { t } from '../i18n';
import { useFormat } from '../shop-context';
import { StatRow } from '../stat-row';

/** What customers hold now, and what that is worth to them. */
export function BooksSummary({ report }: { report: AccountingReport }) {
  const format = useFormat();
  const { outstanding, pending, liability, pointValue, totals } = report;
  const issued = totals.earned + totals.reversed + Math.max(0, totals.adjusted);
  return (
    <StatRow
      stats={[
        {
          label: t('loyalty.accounts.outstanding'),
          value: format.number(outstanding),
          note: t('loyalty.accounts.ofThemPending', { points: format.number(pending) }),
        },
        {
          label: t('loyalty.accounts.liability'),
          value: liability === null ? t('loyalty.accounts.notSet') : format.money(liability),
          note:
            pointValue === null
              ? t('loyalty.accounts.valueMissing')
              : t('loyalty.accounts.perHundred', { amount: format.money(String(Number(pointValue) * 100)) }),
        },
        {
          label: t('loyalty.accounts.expired'),
          value: format.number(Math.max(0, -totals.expired)),
          note:
            issued > 0 && totals.expired < 0
              ? t('loyalty.accounts.breakage', { percent: format.percent(-totals.expired / issued) })
              : t(`loyalty.accounts.span.${report.unit}`),
        },
      ]}
    />
  );
}
