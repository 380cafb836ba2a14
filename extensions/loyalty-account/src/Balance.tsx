import { pointsText } from '../../shared/words';
import type { Account } from './answer';

/** What there is, what is on its way, and what is lost next. */
export function Balance({ account }: { account: Account }) {
  const { balance, pending, pendingUntil, expiry } = account;
  const { i18n } = shopify;
  const date = (day: Date, timeZone?: string) =>
    i18n.formatDate(day, { dateStyle: 'long', ...(timeZone && { timeZone }) });
  return (
    <s-section heading={i18n.translate('balanceHeading')}>
      <s-stack gap="small-200">
        <s-heading>{pointsText(i18n, balance)}</s-heading>
        {pending > 0 && (
          <s-text>
            {i18n.translate('pending', { count: pending, points: i18n.formatNumber(pending) })}{' '}
            {pendingUntil !== null && i18n.translate('pendingUntil', { date: date(new Date(pendingUntil)) })}
          </s-text>
        )}
        {expiry && (
          <s-text>
            {i18n.translate('expiry', {
              count: expiry.points,
              points: i18n.formatNumber(expiry.points),
              // A day of the shop's calendar, wherever it is read.
              date: date(new Date(`${expiry.lastDay}T12:00:00Z`), 'UTC'),
            })}
          </s-text>
        )}
      </s-stack>
    </s-section>
  );
}
