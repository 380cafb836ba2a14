import type { AccountingReport } from '~/modules/loyalty/types';
import { formatCsv } from '~/platform/csv';
import { decimal } from '~/platform/money';
import { t } from '../i18n';

/** The books as CSV, oldest first, from the first period in which there was anything. */
export function booksFile({ periods, pointValue }: AccountingReport): string {
  const first = periods.findIndex(
    ({ opening, closing, earned }) => opening !== 0 || closing !== 0 || earned !== 0,
  );
  const rows = first === -1 ? [] : periods.slice(first);
  return formatCsv([
    [
      t('loyalty.accounts.column.period'),
      t('loyalty.accounts.column.opening'),
      t('loyalty.accounts.column.earned'),
      t('loyalty.accounts.column.reversed'),
      t('loyalty.accounts.column.adjusted'),
      t('loyalty.accounts.column.redeemed'),
      t('loyalty.accounts.column.expired'),
      t('loyalty.accounts.column.closing'),
      t('loyalty.accounts.column.pending'),
      t('loyalty.accounts.column.becameSpendable'),
      t('loyalty.accounts.column.liability'),
    ],
    ...rows.map((row) => [
      row.period,
      row.opening,
      row.earned,
      row.reversed,
      row.adjusted,
      row.redeemed,
      row.expired,
      row.closing,
      row.pending,
      row.becameSpendable,
      pointValue === null ? '' : decimal(pointValue).times(row.closing).toNumber(),
    ]),
  ]);
}
