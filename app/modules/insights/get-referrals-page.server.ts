import type { Tx } from '~/platform/db/index.server';
import { getShopView } from './get-shop-view.server';
import { listReferrals } from './list-referrals.server';
import { referralSteps, type ReferralFunnel, type ReferralQuery, type ReferralsPage } from './types';

const funnelDays = 90;
const dayMs = 24 * 60 * 60 * 1_000;

/** The referrals page: a tab of the list, how many wait in each, and the way from link to reward of the last 90 days. */
export async function getReferralsPage(
  tx: Tx,
  input: { shopId: number; query: ReferralQuery; now: Date },
): Promise<ReferralsPage> {
  const { shopId, query, now } = input;
  const [programme] = await tx.$queryRaw<{ enabled: boolean }[]>`
    SELECT enabled FROM referral_programmes WHERE shop_id = ${shopId} ORDER BY version DESC LIMIT 1`;
  return {
    shop: await getShopView(tx, { shopId }),
    programme: programme ? (programme.enabled ? 'on' : 'off') : 'none',
    referrals: await listReferrals(tx, { shopId, of: { tab: query.tab }, cursor: query, limit: 50 }),
    waiting: await countWaiting(tx, shopId),
    funnel: await getFunnel(tx, shopId, now),
  };
}

async function countWaiting(tx: Tx, shopId: number): Promise<number> {
  const [row] = await tx.$queryRaw<{ waiting: bigint }[]>`
    SELECT count(*) AS waiting FROM referrals WHERE shop_id = ${shopId} AND state = 'review'`;
  return Number(row?.waiting ?? 0n);
}

/**
 * Of the claims of these days, whatever became of them since. Blocked ones count as claimed only. Who claims was there: several
 * who share a browser count as one visit, but never as fewer than they claimed.
 */
async function getFunnel(tx: Tx, shopId: number, now: Date): Promise<ReferralFunnel> {
  const since = new Date(now.getTime() - funnelDays * dayMs);
  const [row] = await tx.$queryRaw<Record<string, bigint>[]>`
    SELECT greatest(count(*), (SELECT count(*) FROM referral_visits v WHERE v.shop_id = ${shopId} AND v.day > ${since}::date)) AS clicked,
      count(*) AS claimed,
      count(*) FILTER (WHERE r.order_id IS NOT NULL AND r.state <> 'blocked') AS ordered,
      count(*) FILTER (WHERE r.state IN ('held', 'review', 'rewarded')) AS held,
      count(*) FILTER (WHERE r.state = 'rewarded') AS rewarded
    FROM referrals r WHERE r.shop_id = ${shopId} AND r.claimed_at > ${since}`;
  return referralSteps.map((step) => ({ step, count: Number(row?.[step] ?? 0n) }));
}
