import type { Brand } from '~/emails/public-page';
import type { Affiliate, AffiliateBalance, AffiliateWeek } from '~/modules/affiliates/types';
import type { ListPage, OwnPayoutRow } from '~/modules/insights/types';
import { createFormat, type Format } from '../format';
import { amountsText } from '../affiliates/words';
import { renderPartnerPage, useWords } from './frame.server';
import { OrderTable, PayoutTable, type PartnerOrder } from './list-page.server';
import { ruleText, type RuleView } from './rule-text';
import { WeekCharts } from './week-charts.server';
import { partnerWords, type PartnerLocale } from './words';

export interface PortalPageProps {
  locale: PartnerLocale;
  brand: Brand;
  timeZone: string;
  currency: string;
  affiliate: Pick<Affiliate, 'name' | 'state' | 'reason' | 'payoutTo'>;
  linkUrl: string;
  codes: string[];
  clicks: number;
  balances: AffiliateBalance[];
  weeks: AffiliateWeek[]; // oldest first; in shop currency
  orderCount: number; // that earn
  orders: ListPage<PartnerOrder>; // the latest
  payouts: ListPage<OwnPayoutRow>; // the latest
  minimumPayout: string;
  rule: RuleView | null; // null: earns nothing now
  assets: { id: number; title: string; url: string }[];
  months: string[]; // with a statement, newest first
  saved: boolean;
}

/** What an affiliate sees: their link, what it brought, what it earned, what was paid. Nothing about who bought. */
export function renderPortalPage(props: PortalPageProps): string {
  const { locale, brand, affiliate, timeZone, currency } = props;
  const say = partnerWords(locale);
  const format = createFormat({ currency, timeZone, locale: locale.format });
  const title = say('portal');
  const content = (
    <>
      <nav>
        <form method="post">
          <button className="link" name="intent" value="signOut">
            {say('signOut')}
          </button>
        </form>
      </nav>
      <h1>{say('hello', { name: affiliate.name ?? '' })}</h1>
      <State affiliate={affiliate} />
      {affiliate.state === 'approved' && <Share {...props} />}
      {props.rule && <Rule rule={props.rule} {...{ locale, format }} />}
      <Figures {...props} format={format} />
      <WeekCharts weeks={props.weeks} format={format} />
      <Orders orders={props.orders} format={format} />
      <Payouts {...props} format={format} />
      <Statements months={props.months} format={format} />
      <Assets assets={props.assets} />
    </>
  );
  return renderPartnerPage({ locale, title, brand, content });
}

function State({ affiliate }: Pick<PortalPageProps, 'affiliate'>) {
  const say = useWords();
  const { state, reason } = affiliate;
  if (state === 'applied') return <p className="note">{say('waiting')}</p>;
  if (state === 'rejected') return <p className="note">{say('rejected', { reason: reason ?? '' })}</p>;
  return state === 'paused' ? <p className="note">{say('paused')}</p> : null;
}

function Share({ linkUrl, codes }: Pick<PortalPageProps, 'linkUrl' | 'codes'>) {
  const say = useWords();
  return (
    <>
      <h2>{say('link')}</h2>
      <p>
        <code>{linkUrl}</code>
        <br />
        {say('linkText')}
      </p>
      {codes.length > 0 && (
        <>
          <h2>{say('codes')}</h2>
          <p>
            <code>{codes.join(', ')}</code>
          </p>
        </>
      )}
    </>
  );
}

function Rule({ rule, locale, format }: { rule: RuleView; locale: PartnerLocale; format: Format }) {
  const say = useWords();
  const { main, rates, notes } = ruleText(rule, { say, format, locale });
  return (
    <>
      <h2>{say('rule.title')}</h2>
      <p>{main}</p>
      {rates.length > 0 && (
        <>
          <p>{say('rule.instead')}</p>
          <ol>
            {rates.map((rate, index) => (
              <li key={index}>{rate}</li>
            ))}
          </ol>
        </>
      )}
      <ul className="small">
        {notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </>
  );
}

function Figures({ clicks, orderCount, balances, format }: PortalPageProps & { format: Format }) {
  const say = useWords();
  const of = (pick: 'pending' | 'payable' | 'setAside' | 'paid') =>
    amountsText(
      balances.map((balance) => ({ currency: balance.currency, amount: balance[pick] })),
      format,
    );
  const figures = [
    [say('clicks'), format.number(clicks)],
    [say('orders'), format.number(orderCount)],
    [say('pending'), of('pending')],
    [say('payable'), of('payable')],
    [say('onItsWay'), of('setAside')],
    [say('paid'), of('paid')],
  ];
  return (
    <>
      <dl>
        {figures.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {balances.some(({ payable }) => Number(payable) < 0) && <p className="note">{say('owes')}</p>}
    </>
  );
}

function Orders({ orders, format }: Pick<PortalPageProps, 'orders'> & { format: Format }) {
  const say = useWords();
  return (
    <>
      <h2>{say('orders')}</h2>
      {orders.items.length === 0 ? <p>{say('noOrders')}</p> : <OrderTable {...{ orders, format }} />}
      {orders.next !== null && (
        <p>
          <a href="/portal/orders">{say('allOrders')}</a>
        </p>
      )}
    </>
  );
}

function Payouts({ payouts, minimumPayout, affiliate, saved, format }: PortalPageProps & { format: Format }) {
  const say = useWords();
  return (
    <>
      <h2>{say('payouts')}</h2>
      {Number(minimumPayout) > 0 && <p>{say('minimum', { amount: format.money(minimumPayout) })}</p>}
      {payouts.items.length === 0 ? <p>{say('noPayouts')}</p> : <PayoutTable {...{ payouts, format }} />}
      {payouts.next !== null && (
        <p>
          <a href="/portal/payouts">{say('allPayouts')}</a>
        </p>
      )}
      <form method="post">
        <input type="hidden" name="intent" value="payoutTo" />
        <label>
          {say('payoutTo')}
          <input name="payoutTo" maxLength={500} autoComplete="off" defaultValue={affiliate.payoutTo ?? ''} />
          <small>{say('payoutHelp')}</small>
        </label>
        <button className="second">{say('save')}</button>
        {saved && <p role="status">{say('saved')}</p>}
      </form>
    </>
  );
}

function Statements({ months, format }: { months: string[]; format: Format }) {
  const say = useWords();
  if (months.length === 0) return null;
  return (
    <>
      <h2>{say('statements')}</h2>
      <nav>
        {months.map((month) => (
          <a key={month} href={`/portal/statements/${month}`}>
            {format.month(`${month}-01`)}
          </a>
        ))}
      </nav>
    </>
  );
}

function Assets({ assets }: Pick<PortalPageProps, 'assets'>) {
  const say = useWords();
  if (assets.length === 0) return null;
  return (
    <>
      <h2>{say('assets')}</h2>
      <ul>
        {assets.map(({ id, title, url }) => (
          <li key={id}>
            <a href={url} rel="noreferrer">
              {title}
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}
