import { Prisma } from '~/platform/db/index.server';

/**
 * The facts that end runs, as SQL on a row `r` of `flow_runs`: the same text decides when an event arrives and when a run
 * is about to act, so the two can't differ.
 */

/**
 * Another order since the cause of the run: since the cart was last touched, or since the order the run is about. An old
 * order that is merely edited, or imported late, is not one.
 */
export const orderedSince = Prisma.sql`
  EXISTS (
    SELECT 1 FROM orders o
    WHERE o.shop_id = r.shop_id AND o.profile_id = r.profile_id AND o.deleted_at IS NULL
      AND o.id::text IS DISTINCT FROM r.context ->> 'orderId'
      AND o.processed_at >= least(
        r.entered_at,
        (SELECT c.last_activity_at FROM carts c WHERE c.shop_id = r.shop_id AND c.token = r.context ->> 'cartToken'),
        (SELECT b.processed_at FROM orders b WHERE b.shop_id = r.shop_id AND b.id = (r.context ->> 'orderId')::bigint)))`;

/** The order the run is about is none any more. One of which some goods came back still is. */
export const orderUndone = Prisma.sql`
  EXISTS (
    SELECT 1 FROM orders o
    WHERE o.shop_id = r.shop_id AND o.id = (r.context ->> 'orderId')::bigint
      AND (o.cancelled_at IS NOT NULL OR o.deleted_at IS NOT NULL OR o.financial_status IN ('refunded', 'voided')))`;

/** The cart the run is about is bought, replaced or gone. One that is merely used again is not. */
export const cartClosed = Prisma.sql`
  EXISTS (
    SELECT 1 FROM carts c
    WHERE c.shop_id = r.shop_id AND c.token = r.context ->> 'cartToken' AND c.state NOT IN ('open', 'abandoned'))`;

/** No more mail wanted, since the run began. Who never wanted any stays in the run, and the arbiter says so at each send. */
export const unsubscribedSince = Prisma.sql`
  EXISTS (
    SELECT 1 FROM consents c
    WHERE c.shop_id = r.shop_id AND c.profile_id = r.profile_id AND c.channel = 'email'
      AND c.state IN ('unsubscribed', 'redacted', 'invalid') AND c.consented_at >= r.entered_at)`;

/** The person entered the same flow again, for a newer cause. */
export const superseded = Prisma.sql`
  EXISTS (
    SELECT 1 FROM flow_runs n
    WHERE n.shop_id = r.shop_id AND n.profile_id = r.profile_id AND n.flow_key = r.flow_key
      AND (n.entered_at, n.id) > (r.entered_at, r.id))`;

/** Of a run about a tier: the person is not in it, nor in a higher one, by the tiers of today. */
export const tierLost = Prisma.sql`
  (r.context ->> 'tierId' IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM profile_tiers p
    JOIN tiers held ON held.shop_id = p.shop_id AND held.version = p.version AND held.id = p.tier_id
    JOIN tiers told ON told.shop_id = p.shop_id AND told.version = p.version AND told.id = (r.context ->> 'tierId')::int
    WHERE p.shop_id = r.shop_id AND p.profile_id = r.profile_id AND held.threshold >= told.threshold))`;

/** Of a run about a reward: the balance can buy none any more. */
export const rewardLost = Prisma.sql`
  (r.context ->> 'rewardId' IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM ledger_accounts a
    JOIN rewards w ON w.shop_id = a.shop_id AND w.enabled AND w.points <= a.balance
    WHERE a.shop_id = r.shop_id AND a.profile_id = r.profile_id AND a.kind = 'points'))`;

/** Of a run that invites to recommend: the shop's referral programme is off. */
export const programmeOff = Prisma.sql`
  (r.flow_key = 'referral_invitation' AND NOT coalesce(
    (SELECT g.enabled FROM referral_programmes g WHERE g.shop_id = r.shop_id ORDER BY g.version DESC LIMIT 1), false))`;

/** Of a run about a friend's code: it was used, or does not work any more. */
export const offerGone = Prisma.sql`
  (r.context ->> 'referralId' IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM referrals f
    WHERE f.shop_id = r.shop_id AND f.id = (r.context ->> 'referralId')::bigint AND f.state = 'claimed' AND f.offer_state = 'made'))`;

/** Of a run about what an advocate got for a referral: they have it no more. */
export const referralUndone = Prisma.sql`
  (r.context ->> 'referralId' IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM referrals f
    WHERE f.shop_id = r.shop_id AND f.id = (r.context ->> 'referralId')::bigint AND f.reward_points > 0))`;
