import type { Brand } from '~/emails/public-page';
import type { AffiliateOrderRow, ListPage, OwnPayoutRow } from '~/modules/insights/types';
import { createFormat, type Format } from '../format';
import { renderPartnerPage, Table, useWords } from './frame.server';
import { partnerWords, type PartnerLocale } from './words';

export type PartnerOrder = Omit<AffiliateOrderRow, 'orderId'>;

interface ListPageProps<Row> {
  locale: PartnerLocale;
  brand: Brand;
  timeZone: string;
  currency: string;
  page: ListPage<Row>;
}

/** All orders an affiliate brought, page by page. */
export function renderOrdersPage(props: ListPageProps<PartnerOrder>): string {
  return renderList(props, 'orders', (format) => <OrderTable orders={props.page} format={format} />);
}

/** All that was paid to an affiliate, page by page. */
export function renderPayoutsPage(props: ListPageProps<OwnPayoutRow>): string {
  return renderList(props, 'payouts', (format) => <PayoutTable payouts={props.page} format={format} />);
}

function renderList(
  { locale, brand, timeZone, currency, page }: ListPageProps<unknown>,
  list: 'orders' | 'payouts',
  table: (format: Format) => React.JSX.Element,
): string {
  const say = partnerWords(locale);
  const format = createFormat({ currency, timeZone, locale: locale.format });
  const empty = { orders: say('noOrders'), payouts: say('noPayouts') };
  const content = (
    <>
      <nav>
        <a href="/portal">{say('back')}</a>
      </nav>
      <h1>{say(list)}</h1>
      {page.items.length === 0 ? <p>{empty[list]}</p> : table(format)}
      <Pager page={page} label={say(list)} />
    </>
  );
  return renderPartnerPage({ locale, title: say(list), brand, content });
}

function Pager({ page: { previous, next }, label }: { page: ListPage<unknown>; label: string }) {
  const say = useWords();
  if (previous === null && next === null) return null;
  return (
    <nav aria-label={label} className="pager">
      {previous !== null && (
        <a rel="prev" href={`?before=${encodeURIComponent(previous)}`}>
          {say('newer')}
        </a>
      )}
      {next !== null && (
        <a rel="next" href={`?after=${encodeURIComponent(next)}`}>
          {say('older')}
        </a>
      )}
    </nav>
  );
}

export function OrderTable({ orders, format }: { orders: ListPage<PartnerOrder>; format: Format }) {
  const say = useWords();
  return (
    <Table
      caption={say('orders')}
      columns={[
        { title: say('placed') },
        { title: say('came') },
        { title: say('state') },
        { title: say('net'), number: true },
        { title: say('commission'), number: true },
      ]}
      rows={orders.items.map(({ placedAt, via, code, outcome, waits, net, commission, currency }) => [
        format.date(placedAt),
        say(`via.${via}`, { code: code ?? '' }),
        say(`outcome.${outcome === 'earns' && waits ? 'waits' : outcome}`),
        format.money(net, currency),
        format.money(commission, currency),
      ])}
    />
  );
}

export function PayoutTable({ payouts, format }: { payouts: ListPage<OwnPayoutRow>; format: Format }) {
  const say = useWords();
  return (
    <Table
      caption={say('payouts')}
      columns={[{ title: say('day') }, { title: say('reference') }, { title: say('amount'), number: true }]}
      rows={payouts.items.map(({ paidAt, reference, amount, currency }) => [
        format.date(paidAt),
        reference ?? '',
        format.money(amount, currency),
      ])}
    />
  );
}
