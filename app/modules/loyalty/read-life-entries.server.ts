import type { Tx } from '~/platform/db/index.server';
import { eventKeyPattern } from './earning/event-of-key';
import type { LifeEntry } from './expiry';

interface Row {
  profile_id: bigint;
  transaction_id: bigint;
  kind: string;
  account: string;
  points: bigint;
  order_id: bigint | null;
  tier_id: number | null;
  event_id: string | null;
  redemption_id: string | null;
  day: number;
  since: number;
}

/** Every entry of these people, by person, in the order of the ledger. One statement. Lock their accounts first. */
export async function readLifeEntries(
  tx: Tx,
  input: { shopId: number; profileIds: bigint[] },
): Promise<Map<bigint, LifeEntry[]>> {
  const { shopId, profileIds } = input;
  const rows = await tx.$queryRaw<Row[]>`
    WITH zone AS (SELECT time_zone FROM shops WHERE id = ${shopId}),
    entry AS (
      SELECT a.profile_id, t.id AS transaction_id, t.kind, a.kind AS account, p.points, t.order_id, t.tier_id, t.created_at,
        substring(t.idempotency_key FROM ${eventKeyPattern}) AS event_id,
        CASE WHEN t.kind IN ('reserve', 'redeem', 'unreserve', 'return') THEN split_part(t.idempotency_key, ':', 2) END AS redemption_id
      FROM ledger_accounts a
      JOIN ledger_postings p ON p.shop_id = a.shop_id AND p.account_id = a.id
      JOIN ledger_transactions t ON t.shop_id = p.shop_id AND t.id = p.transaction_id
      WHERE a.shop_id = ${shopId} AND a.profile_id = ANY (${profileIds}::bigint[]))
    SELECT profile_id, transaction_id, kind, account, points, order_id, tier_id, event_id, redemption_id,
      (created_at AT TIME ZONE (SELECT time_zone FROM zone))::date - DATE '1970-01-01' AS day,
      ((CASE WHEN kind = 'merge' AND order_id IS NOT NULL THEN coalesce((
          SELECT coalesce(max(o.created_at) FILTER (WHERE o.kind = 'release'), min(o.created_at) FILTER (WHERE o.kind = 'earn'))
          FROM ledger_transactions o
          WHERE o.shop_id = ${shopId} AND o.order_id = entry.order_id AND o.id < transaction_id), created_at)
        WHEN kind = 'merge' AND event_id IS NOT NULL THEN coalesce((
          SELECT coalesce(max(o.created_at) FILTER (WHERE o.kind = 'release'), min(o.created_at) FILTER (WHERE o.kind = 'earn'))
          FROM earn_events e CROSS JOIN generate_series(0, e.moves) AS n
          JOIN ledger_transactions o ON o.shop_id = e.shop_id AND o.idempotency_key = 'action:' || e.id || ':' || n
          WHERE e.shop_id = ${shopId} AND e.id = entry.event_id::bigint AND o.id < transaction_id), created_at)
        ELSE created_at END) AT TIME ZONE (SELECT time_zone FROM zone))::date - DATE '1970-01-01' AS since
    FROM entry ORDER BY profile_id, transaction_id`;
  const byProfile = new Map<bigint, LifeEntry[]>();
  for (const row of rows) {
    const { profile_id: profileId, points, ...rest } = row;
    const entry = toEntry(rest, Number(points));
    const known = byProfile.get(profileId);
    if (known) known.push(entry);
    else byProfile.set(profileId, [entry]);
  }
  return byProfile;
}

function toEntry(row: Omit<Row, 'profile_id' | 'points'>, points: number): LifeEntry {
  const { kind, account, day, since, transaction_id: transactionId, order_id: orderId } = row;
  const { tier_id: tierId, event_id: eventId, redemption_id: redemptionId } = row;
  return { transactionId, kind, account, points, orderId, tierId, eventId, redemptionId, day, since };
}
