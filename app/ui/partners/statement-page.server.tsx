import type { Brand } from '~/emails/public-page';
import { formatCsv } from '~/platform/csv';
import { createFormat } from '../format';
import { t } from '../i18n';
import { renderPartnerPage, Table } from './frame.server';

export interface StatementView {
  month: string;
  parts: Record<'currency' | 'opening' | 'earned' | 'reversed' | 'paid' | 'closing', string>[];
  lines: { at: Date; kind: 'earn' | 'reverse' | 'pay'; currency: string; amount: string }[];
}

/** A month of an affiliate's account: opening + what happened = closing, and every entry. */
export function renderStatementPage(props: {
  brand: Brand;
  timeZone: string;
  statement: StatementView;
}): string {
  const { brand, timeZone, statement } = props;
  const { month, parts, lines } = statement;
  const format = createFormat({ currency: parts[0]?.currency ?? 'EUR', timeZone, locale: 'en' });
  const title = t('partners.statement', { month: format.month(`${month}-01`) });
  const content = (
    <>
      <nav>
        <a href="/portal">{t('partners.back')}</a>
        <a href={`/portal/statements/${month}?format=csv`}>{t('partners.csv')}</a>
      </nav>
      <h1>{title}</h1>
      {parts.map(({ currency, ...sums }) => (
        <dl key={currency}>
          {(['opening', 'earned', 'reversed', 'paid', 'closing'] as const).map((name) => (
            <div key={name}>
              <dt>{t(name === 'paid' ? 'partners.paidOut' : `partners.${name}`)}</dt>
              <dd>{format.money(sums[name], currency)}</dd>
            </div>
          ))}
        </dl>
      ))}
      {lines.length === 0 ? (
        <p>{t('partners.nothing')}</p>
      ) : (
        <Table
          caption={title}
          columns={[
            { title: t('partners.day') },
            { title: t('partners.kind') },
            { title: t('partners.amount'), number: true },
          ]}
          rows={lines.map(({ at, kind, currency, amount }) => [
            format.date(at.toISOString()),
            t(`partners.kinds.${kind}`),
            format.money(amount, currency),
          ])}
        />
      )}
    </>
  );
  return renderPartnerPage({ title, brand, content });
}

/** The same as CSV, entry by entry. */
export function statementFile({ lines }: StatementView): string {
  return formatCsv([
    [t('partners.day'), t('partners.kind'), t('partners.amount'), t('partners.currency')],
    ...lines.map(({ at, kind, currency, amount }) => [
      at.toISOString(),
      t(`partners.kinds.${kind}`),
      Number(amount),
      currency,
    ]),
  ]);
}
