import {
  countClicks,
  countEarningOrders,
  getStatement,
  listAssets,
  listBalances,
  listCodes,
  listStatementMonths,
  listWeeks,
  updatePayoutAddress,
  type Statement,
} from '~/modules/affiliates/index.server';
import type { Affiliate, AffiliateBalance, AffiliateWeek } from '~/modules/affiliates/types';
import type { ListPage, OwnPayoutRow } from '~/modules/insights/types';
import { env } from '~/platform/env.server';
import { withPartner, type PartnerFrame } from './partner-frame.server';
import { listPartnerOrders, listPartnerPayouts, type PartnerOrder } from './partner-lists.server';
import { findPartnerRule, type PartnerRule } from './partner-rule.server';
import type { PartnerSession } from './partner-session.server';

export interface PortalPage extends PartnerFrame {
  affiliate: Pick<Affiliate, 'name' | 'state' | 'reason' | 'payoutTo'>;
  linkUrl: string;
  codes: string[];
  clicks: number;
  balances: AffiliateBalance[];
  weeks: AffiliateWeek[];
  orderCount: number; // that earn
  orders: ListPage<PartnerOrder>; // the latest
  payouts: ListPage<OwnPayoutRow>; // the latest
  minimumPayout: string;
  rule: PartnerRule | null;
  assets: Awaited<ReturnType<typeof listAssets>>;
  months: string[]; // with a statement, newest first
}

const clicksOfMs = 30 * 24 * 60 * 60 * 1_000;
const rowsShown = 10;
const weeksShown = 12;

/** What an affiliate sees of their own. Nothing tells who bought. Null for one who was erased or whose shop stopped. */
export async function showPortal(
  session: PartnerSession,
  { language, now }: { language: string | null; now: Date },
): Promise<PortalPage | null> {
  const { shopId, affiliateId } = session;
  return withPartner(session, language, async (tx, frame, { affiliate, programme }) => {
    const { currency, timeZone } = frame;
    const { name, state, reason, payoutTo, linkCode } = affiliate;
    const since = new Date(now.getTime() - clicksOfMs);
    const latest = { session, cursor: {}, limit: rowsShown };
    const balances = await listBalances(tx, { shopId, affiliateIds: [affiliateId] });
    return {
      ...frame,
      affiliate: { name, state, reason, payoutTo },
      linkUrl: `${env().SHOPIFY_APP_URL}/a/${linkCode}`,
      codes: await listCodes(tx, { shopId, affiliateId }),
      clicks: await countClicks(tx, { shopId, affiliateId, since }),
      balances: balances.get(affiliateId) ?? [],
      weeks: await listWeeks(tx, { shopId, affiliateId, currency, timeZone, now, count: weeksShown }),
      orderCount: await countEarningOrders(tx, { shopId, affiliateId }),
      orders: await listPartnerOrders(tx, latest),
      payouts: await listPartnerPayouts(tx, latest),
      minimumPayout: programme.minimumPayout,
      rule: await findPartnerRule(tx, { session, now }),
      assets: await listAssets(tx, { shopId }),
      months: await listStatementMonths(tx, { shopId, affiliateId, timeZone: frame.timeZone }),
    };
  });
}

/** A month of an affiliate's account. Throws `not_found` for what is no month. */
export async function showStatement(
  session: PartnerSession,
  { language, month }: { language: string | null; month: string },
): Promise<(PartnerFrame & { statement: Statement }) | null> {
  return withPartner(session, language, async (tx, frame) => ({
    ...frame,
    statement: await getStatement(tx, { ...session, month, timeZone: frame.timeZone }),
  }));
}

/** The affiliate says where to pay them. */
export async function payoutAddressChanged(session: PartnerSession, payoutTo: string): Promise<void> {
  await withPartner(session, null, (tx) => updatePayoutAddress(tx, { ...session, payoutTo }));
}
