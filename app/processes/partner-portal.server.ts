import type { Brand } from '~/emails/public-page';
import {
  countClicks,
  findProgramme,
  getAffiliate,
  getStatement,
  listAssets,
  listBalances,
  listBroughtOrders,
  listCodes,
  listOwnPayouts,
  listStatementMonths,
  listWeeks,
  updatePayoutAddress,
  type Statement,
} from '~/modules/affiliates/index.server';
import type { Affiliate, AffiliateBalance, AffiliateWeek, BroughtOrder } from '~/modules/affiliates/types';
import type { ChosenLocale } from '~/modules/messaging/index.server';
import { withShop, type Tx } from '~/platform/db/index.server';
import { env } from '~/platform/env.server';
import { partnerLocale } from './partner-locale.server';
import type { PartnerSession } from './partner-session.server';
import { shopBrand } from './shop-brand.server';

interface PortalFrame {
  locale: ChosenLocale;
  brand: Brand;
  currency: string; // of the shop
  timeZone: string;
}

export interface PortalPage extends PortalFrame {
  affiliate: Pick<Affiliate, 'name' | 'state' | 'reason' | 'payoutTo'>;
  linkUrl: string;
  codes: string[];
  clicks: number;
  balances: AffiliateBalance[];
  weeks: AffiliateWeek[];
  orders: Omit<BroughtOrder, 'orderId'>[];
  payouts: Awaited<ReturnType<typeof listOwnPayouts>>;
  assets: Awaited<ReturnType<typeof listAssets>>;
  months: string[]; // with a statement, newest first
}

const clicksOfMs = 30 * 24 * 60 * 60 * 1_000;
const ordersShown = 100;
const weeksShown = 12;

/** What an affiliate sees of their own. Nothing tells who bought. Null for one who was erased or whose shop stopped. */
export async function showPortal(
  session: PartnerSession,
  { language, now }: { language: string | null; now: Date },
): Promise<PortalPage | null> {
  const { shopId, affiliateId } = session;
  return withFrame(session, language, async (tx, frame) => {
    const { currency, timeZone } = frame;
    const { name, state, reason, payoutTo, linkCode } = await getAffiliate(tx, { shopId, affiliateId });
    const since = new Date(now.getTime() - clicksOfMs);
    const orders = await listBroughtOrders(tx, { shopId, affiliateId, limit: ordersShown });
    const balances = await listBalances(tx, { shopId, affiliateIds: [affiliateId] });
    return {
      ...frame,
      affiliate: { name, state, reason, payoutTo },
      linkUrl: `${env().SHOPIFY_APP_URL}/a/${linkCode}`,
      codes: await listCodes(tx, { shopId, affiliateId }),
      clicks: await countClicks(tx, { shopId, affiliateId, since }),
      balances: balances.get(affiliateId) ?? [],
      weeks: await listWeeks(tx, { shopId, affiliateId, currency, timeZone, now, count: weeksShown }),
      orders: orders.map(({ orderId: _orderId, ...order }) => order),
      payouts: await listOwnPayouts(tx, { shopId, affiliateId }),
      assets: await listAssets(tx, { shopId }),
      months: await listStatementMonths(tx, { shopId, affiliateId, timeZone: frame.timeZone }),
    };
  });
}

/** A month of an affiliate's account. Throws `not_found` for what is no month. */
export async function showStatement(
  session: PartnerSession,
  { language, month }: { language: string | null; month: string },
): Promise<(PortalFrame & { statement: Statement }) | null> {
  return withFrame(session, language, async (tx, frame) => ({
    ...frame,
    statement: await getStatement(tx, { ...session, month, timeZone: frame.timeZone }),
  }));
}

/** The affiliate says where to pay them. */
export async function payoutAddressChanged(session: PartnerSession, payoutTo: string): Promise<void> {
  await withFrame(session, null, (tx) => updatePayoutAddress(tx, { ...session, payoutTo }));
}

async function withFrame<T>(
  { shopId, affiliateId }: PartnerSession,
  language: string | null,
  work: (tx: Tx, frame: PortalFrame) => Promise<T>,
): Promise<T | null> {
  return withShop(shopId, async (tx) => {
    const { email } = await getAffiliate(tx, { shopId, affiliateId });
    const programme = await findProgramme(tx, { shopId });
    if (email === null || !programme) return null;
    const { shop, brand } = await shopBrand(tx, { shopId });
    const { currency, timeZone } = shop;
    return work(tx, { brand, currency, timeZone, locale: partnerLocale(language, shop.locale) });
  });
}
