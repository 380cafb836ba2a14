import type { Brand } from '~/emails/public-page';
import type { Affiliate, AffiliateBalance, BroughtOrder } from '~/modules/affiliates/types';
import { createFormat, type Format } from '../format';
import { t } from '../i18n';
import { amountsText } from '../affiliates/words';
import { renderPartnerPage, Table } from './frame.server';

export interface PortalPageProps {
  brand: Brand;
  timeZone: string;
  currency: string;
  affiliate: Pick<Affiliate, 'name' | 'state' | 'reason' | 'payoutTo'>;
  linkUrl: string;
  codes: string[];
  clicks: number;
  balances: AffiliateBalance[];
  orders: Omit<BroughtOrder, 'orderId'>[];
  payouts: { amount: string; currency: string; reference: string | null; paidAt: Date }[];
  assets: { id: number; title: string; url: string }[];
  months: string[]; // with a statement, newest first
  saved: boolean;
}

/** What an affiliate sees: their link, what it brought, what it earned, what was paid. Nothing about who bought. */
export function renderPortalPage(props: PortalPageProps): string {
  const { brand, affiliate, timeZone, currency } = props;
  const format = createFormat({ currency, timeZone, locale: 'en' });
  const title = t('partners.portal');
  const content = (
    <>
      <nav>
        <form method="post">
          <button className="link" name="intent" value="signOut">
            {t('partners.signOut')}
          </button>
        </form>
      </nav>
      <h1>{t('partners.hello', { name: affiliate.name ?? '' })}</h1>
      <State affiliate={affiliate} />
      {affiliate.state === 'approved' && <Share {...props} />}
      <Figures {...props} format={format} />
      <Orders orders={props.orders} format={format} />
      <Payouts {...props} format={format} />
      <Statements months={props.months} format={format} />
      <Assets assets={props.assets} />
    </>
  );
  return renderPartnerPage({ title, brand, content });
}

function State({ affiliate }: Pick<PortalPageProps, 'affiliate'>) {
  const { state, reason } = affiliate;
  if (state === 'applied') return <p className="note">{t('partners.waiting')}</p>;
  if (state === 'rejected') return <p className="note">{t('partners.rejected', { reason: reason ?? '' })}</p>;
  return state === 'paused' ? <p className="note">{t('partners.paused')}</p> : null;
}

function Share({ linkUrl, codes }: Pick<PortalPageProps, 'linkUrl' | 'codes'>) {
  return (
    <>
      <h2>{t('partners.link')}</h2>
      <p>
        <code>{linkUrl}</code>
        <br />
        {t('partners.linkText')}
      </p>
      {codes.length > 0 && (
        <>
          <h2>{t('partners.codes')}</h2>
          <p>
            <code>{codes.join(', ')}</code>
          </p>
        </>
      )}
    </>
  );
}

function Figures({ clicks, orders, balances, format }: PortalPageProps & { format: Format }) {
  const of = (pick: 'pending' | 'payable' | 'setAside' | 'paid') =>
    amountsText(
      balances.map((balance) => ({ currency: balance.currency, amount: balance[pick] })),
      format,
    );
  const figures = [
    [t('partners.clicks'), format.number(clicks)],
    [t('partners.orders'), format.number(orders.filter(({ outcome }) => outcome === 'earns').length)],
    [t('partners.pending'), of('pending')],
    [t('partners.payable'), of('payable')],
    [t('partners.onItsWay'), of('setAside')],
    [t('partners.paid'), of('paid')],
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
      {balances.some(({ payable }) => Number(payable) < 0) && <p className="note">{t('partners.owes')}</p>}
    </>
  );
}

function Orders({ orders, format }: { orders: PortalPageProps['orders']; format: Format }) {
  const state = ({ outcome, dueAt }: PortalPageProps['orders'][number]) =>
    t(`affiliates.outcome.${outcome === 'earns' && dueAt !== null ? 'waits' : outcome}`);
  return (
    <>
      <h2>{t('partners.orders')}</h2>
      {orders.length === 0 ? (
        <p>{t('partners.noOrders')}</p>
      ) : (
        <Table
          caption={t('partners.orders')}
          columns={[
            { title: t('partners.placed') },
            { title: t('partners.via') },
            { title: t('partners.state') },
            { title: t('partners.net'), number: true },
            { title: t('partners.commission'), number: true },
          ]}
          rows={orders.map((order) => [
            format.date(order.placedAt.toISOString()),
            t(`affiliates.via.${order.via}`, { code: order.code ?? '' }),
            state(order),
            format.money(order.net, order.currency),
            format.money(order.commission, order.currency),
          ])}
        />
      )}
    </>
  );
}

function Payouts({ payouts, affiliate, saved, format }: PortalPageProps & { format: Format }) {
  return (
    <>
      <h2>{t('partners.payouts')}</h2>
      {payouts.length === 0 ? (
        <p>{t('partners.noPayouts')}</p>
      ) : (
        <Table
          caption={t('partners.payouts')}
          columns={[
            { title: t('partners.day') },
            { title: t('partners.reference') },
            { title: t('partners.amount'), number: true },
          ]}
          rows={payouts.map(({ paidAt, reference, amount, currency }) => [
            format.date(paidAt.toISOString()),
            reference ?? '',
            format.money(amount, currency),
          ])}
        />
      )}
      <form method="post">
        <input type="hidden" name="intent" value="payoutTo" />
        <label>
          {t('partners.payoutTo')}
          <input name="payoutTo" maxLength={500} autoComplete="off" defaultValue={affiliate.payoutTo ?? ''} />
          <small>{t('partners.payoutHelp')}</small>
        </label>
        <button className="second">{t('partners.save')}</button>
        {saved && <p role="status">{t('partners.saved')}</p>}
      </form>
    </>
  );
}

function Statements({ months, format }: { months: string[]; format: Format }) {
  return (
    <>
      <h2>{t('partners.statements')}</h2>
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
  if (assets.length === 0) return null;
  return (
    <>
      <h2>{t('partners.assets')}</h2>
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
