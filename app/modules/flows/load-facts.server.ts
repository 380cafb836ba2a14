import { z } from 'zod';
import { listComingExpiry } from '~/modules/loyalty/index.server';
import { dayOf, sumWarned } from '~/modules/loyalty/types';
import { getSettings } from '~/modules/shops/index.server';
import type { Tx } from '~/platform/db/index.server';
import { decimal, type Decimal } from '~/platform/money';
import { cartStates } from './definition';
import type { RunFacts } from './plan';
import {
  offerGone,
  orderUndone,
  orderedSince,
  programmeOff,
  referralUndone,
  rewardLost,
  superseded,
  tierLost,
  unsubscribedSince,
} from './run-facts-sql.server';

interface Row {
  id: bigint;
  profile_id: bigint;
  due_day: string | null;
  points_due_at: Date | null;
  cart_state: string | null;
  cart_total: Decimal | null;
  last_activity_at: Date | null;
  ordered_since: boolean;
  order_undone: boolean;
  unsubscribed_since: boolean;
  superseded: boolean;
  redacted: boolean;
  tier_lost: boolean;
  reward_lost: boolean;
  programme_off: boolean;
  offer_gone: boolean;
  referral_undone: boolean;
  subscribed: boolean;
  orders_count: number;
  net_spend: Decimal;
  points: bigint;
}

const cartStateSchema = z.enum(cartStates);

/**
 * What is true now about each run, in one read for the batch, by run id. Reads the tables of other modules: one statement
 * instead of one per module and run (see README).
 */
export async function loadFacts(
  tx: Tx,
  input: { shopId: number; runIds: bigint[]; now: Date },
): Promise<Map<bigint, RunFacts>> {
  const { shopId, runIds, now } = input;
  const { cartDelayMinutes } = await getSettings(tx, { shopId });
  const rows = await tx.$queryRaw<Row[]>`
    SELECT r.id, r.profile_id, r.context ->> 'dueDay' AS due_day,
           (r.context ->> 'dueDay')::date::timestamp AT TIME ZONE s.time_zone AS points_due_at, cart.state AS cart_state, cart.total AS cart_total, cart.last_activity_at,
           ${orderedSince} AS ordered_since, ${orderUndone} AS order_undone, ${unsubscribedSince} AS unsubscribed_since, ${superseded} AS superseded,
           p.redacted_at IS NOT NULL AS redacted, ${tierLost} AS tier_lost, ${rewardLost} AS reward_lost,
           ${programmeOff} AS programme_off, ${offerGone} AS offer_gone, ${referralUndone} AS referral_undone,
           coalesce(consent.state = 'subscribed', false) AS subscribed,
           coalesce(t.orders_count, 0) AS orders_count, coalesce(t.net_spend, 0) AS net_spend,
           coalesce(points.balance, 0) AS points
    FROM flow_runs r
    JOIN shops s ON s.id = r.shop_id
    LEFT JOIN profiles p ON p.shop_id = r.shop_id AND p.id = r.profile_id
    LEFT JOIN profile_traits t ON t.shop_id = r.shop_id AND t.profile_id = r.profile_id
    LEFT JOIN consents consent ON consent.shop_id = r.shop_id AND consent.profile_id = r.profile_id AND consent.channel = 'email'
    LEFT JOIN ledger_accounts points ON points.shop_id = r.shop_id AND points.profile_id = r.profile_id AND points.kind = 'points'
    LEFT JOIN carts cart ON cart.shop_id = r.shop_id AND cart.token = r.context ->> 'cartToken'
    WHERE r.shop_id = ${shopId} AND r.id = ANY(${runIds})`;
  const kept = await listKept(tx, { shopId, rows, now });
  return new Map(rows.map((row) => [row.id, toFacts(row, cartDelayMinutes, kept)]));
}

/** The runs that warn about points of which nothing expires any more: asked of the ledger, for those that warn only. */
async function listKept(
  tx: Tx,
  { shopId, rows, now }: { shopId: number; rows: Row[]; now: Date },
): Promise<Set<bigint>> {
  const warning = rows.flatMap(({ id, profile_id: profileId, due_day: dueDay }) =>
    dueDay === null ? [] : [{ id, profileId, dueDay: dayOf(dueDay) }],
  );
  const profileIds = [...new Set(warning.map(({ profileId }) => profileId))];
  const coming = await listComingExpiry(tx, { shopId, profileIds, now });
  const kept = warning.filter(
    ({ profileId, dueDay }) => sumWarned(coming.get(profileId) ?? [], dueDay) === null,
  );
  return new Set(kept.map(({ id }) => id));
}

function toFacts(row: Row, cartDelayMinutes: number, kept: Set<bigint>): RunFacts {
  const { cart_state: state, cart_total: total, last_activity_at: lastActivityAt } = row;
  const known = state !== null && total !== null && lastActivityAt !== null;
  return {
    cart: known ? { state: cartStateSchema.parse(state), total: decimal(total), lastActivityAt } : null,
    cartDelayMinutes,
    orderedSince: row.ordered_since,
    orderUndone: row.order_undone,
    unsubscribedSince: row.unsubscribed_since,
    superseded: row.superseded,
    redacted: row.redacted,
    pointsKept: kept.has(row.id),
    tierLost: row.tier_lost,
    rewardLost: row.reward_lost,
    programmeOff: row.programme_off,
    offerGone: row.offer_gone,
    referralUndone: row.referral_undone,
    pointsDueAt: row.points_due_at,
    subscribed: row.subscribed,
    ordersCount: row.orders_count,
    netSpend: decimal(row.net_spend),
    pointsBalance: Number(row.points),
  };
}
