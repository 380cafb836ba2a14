import type { Brand } from '~/emails/public-page';
import type { StatementLine, StatementPart } from '~/modules/affiliates/types';
import { formatCsv } from '~/platform/csv';
import { createFormat } from '../format';
import { renderPartnerPage, Table } from './frame.server';
import { partnerWords, type PartnerLocale } from './words';

export interface StatementView {
  month: string;
  parts: StatementPart[];
  lines: StatementLine[];
}

/** A month of an affiliate's account: opening + what happened = closing, and every entry. */
export function renderStatementPage(props: {
  locale: PartnerLocale;
  brand: Brand;
  timeZone: string;
  statement: StatementView;
}): string {
  const { locale, brand, timeZone, statement } = props;
  const say = partnerWords(locale);
  const { month, parts, lines } = statement;
  const format = createFormat({ currency: parts[0]?.currency ?? 'EUR', timeZone, locale: locale.format });
  const title = say('statement', { month: format.month(`${month}-01`) });
  const content = (
    <>
      <nav>
        <a href="/portal">{say('back')}</a>
        <a href={`/portal/statements/${month}?format=csv`}>{say('csv')}</a>
      </nav>
      <h1>{title}</h1>
      {parts.map(({ currency, ...sums }) => (
        <dl key={currency}>
          {(['opening', 'earned', 'reversed', 'paid', 'closing'] as const).map((name) => (
            <div key={name}>
              <dt>{say(name === 'paid' ? 'paidOut' : name)}</dt>
              <dd>{format.money(sums[name], currency)}</dd>
            </div>
          ))}
        </dl>
      ))}
      {lines.length === 0 ? (
        <p>{say('nothing')}</p>
      ) : (
        <Table
          caption={title}
          columns={[{ title: say('day') }, { title: say('kind') }, { title: say('amount'), number: true }]}
          rows={lines.map(({ at, kind, currency, amount }) => [
            format.date(at.toISOString()),
            say(`kinds.${kind}`),
            format.money(amount, currency),
          ])}
        />
      )}
    </>
  );
  return renderPartnerPage({ locale, title, brand, content });
}

/** The same as CSV, entry by entry, by the days of the shop's time zone, as its months are. */
export function statementFile(
  { lines }: StatementView,
  { locale, timeZone }: { locale: PartnerLocale; timeZone: string },
): string {
  const say = partnerWords(locale);
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' });
  return formatCsv([
    [say('day'), say('kind'), say('amount'), say('currency')],
    ...lines.map(({ at, kind, currency, amount }) => [
      day.format(at),
      say(`kinds.${kind}`),
      Number(amount),
      currency,
    ]),
  ]);
}
