import type { PayoutBatch } from '~/modules/affiliates/types';
import { formatCsv } from '~/platform/csv';
import { t } from '../i18n';

/** A batch as CSV, for a bank or a payment service: who gets how much, and where to. */
export function payoutFile({ id, currency, payouts }: PayoutBatch): string {
  return formatCsv([
    [
      t('affiliates.payouts.file.payout'),
      t('affiliates.payouts.file.name'),
      t('affiliates.payouts.file.email'),
      t('affiliates.payouts.file.to'),
      t('affiliates.payouts.file.amount'),
      t('affiliates.payouts.file.currency'),
    ],
    ...payouts.map(({ name, email, payoutTo, amount }) => [
      String(id),
      name ?? '',
      email ?? '',
      payoutTo ?? '',
      Number(amount),
      currency,
    ]),
  ]);
}
