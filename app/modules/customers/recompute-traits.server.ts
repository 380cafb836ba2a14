import type { Tx } from '~/platform/db/index.server';

/**
 * Writes the traits of the given profiles anew from orders, ledger, carts, mails and consent: one statement, which is why
 * it reads the tables of other modules (see README). Rows that would not change are not written. Idempotent.
 */
export async function recomputeTraits(
  tx: Tx,
  input: { shopId: number; profileIds: bigint[]; now: Date },
): Promise<void> {
  const { shopId } = input;
  const profileIds = [...new Set(input.profileIds)];
  if (profileIds.length === 0) return;
  await tx.$executeRaw`
    WITH wanted AS (
      SELECT p.id FROM unnest(${profileIds}::bigint[]) AS w(id)
      JOIN profiles p ON p.shop_id = ${shopId} AND p.id = w.id AND p.merged_into_id IS NULL
    ), counted AS (
      SELECT o.profile_id, count(*)::int AS orders, sum(o.net_revenue) AS net, sum(o.gross_profit) AS profit,
             min(o.processed_at) AS first_at, max(o.processed_at) AS last_at,
             sum(o.refunded_total) AS refunded, sum(r.refunds)::int AS refunds
      FROM wanted w
      JOIN orders o ON o.shop_id = ${shopId} AND o.profile_id = w.id
        AND o.paid_at IS NOT NULL AND o.cancelled_at IS NULL AND o.deleted_at IS NULL AND NOT o.test
      CROSS JOIN LATERAL (
        SELECT count(*) AS refunds FROM refunds r WHERE r.shop_id = o.shop_id AND r.order_id = o.id
      ) r
      GROUP BY o.profile_id
    ), points AS (
      SELECT a.profile_id, sum(a.balance) FILTER (WHERE a.kind = 'points') AS spendable,
             sum(a.balance) FILTER (WHERE a.kind = 'pending') AS pending
      FROM wanted w JOIN ledger_accounts a ON a.shop_id = ${shopId} AND a.profile_id = w.id
      GROUP BY a.profile_id
    ), open_carts AS (
      SELECT DISTINCT ON (c.profile_id) c.profile_id, c.token, c.total
      FROM wanted w JOIN carts c ON c.shop_id = ${shopId} AND c.profile_id = w.id AND c.state IN ('open', 'abandoned')
      ORDER BY c.profile_id, c.last_activity_at DESC, c.token
    ), mails AS (
      SELECT m.profile_id, count(*) FILTER (WHERE m.status IN ('sent', 'unknown'))::int AS sent,
             max(m.sent_at) AS last_sent, max(m.clicked_at) AS last_click
      FROM wanted w JOIN messages m ON m.shop_id = ${shopId} AND m.profile_id = w.id AND m.kind <> 'test'
      GROUP BY m.profile_id
    )
    INSERT INTO profile_traits AS t
      (shop_id, profile_id, orders_count, net_spend, gross_profit, average_order_value, first_order_at, last_order_at,
       days_between_orders, refunds_count, refunded_amount, points_balance, points_pending, open_cart_token,
       open_cart_value, emails_sent, last_email_at, last_click_at, email_state)
    SELECT ${shopId}, w.id, coalesce(o.orders, 0), coalesce(o.net, 0), coalesce(o.profit, 0),
           coalesce(round(o.net / o.orders, 4), 0), o.first_at, o.last_at,
           CASE WHEN o.orders > 1
             THEN round(extract(epoch FROM o.last_at - o.first_at)::numeric / 86400 / (o.orders - 1), 2) END,
           coalesce(o.refunds, 0), coalesce(o.refunded, 0), coalesce(p.spendable, 0)::int, coalesce(p.pending, 0)::int,
           k.token, k.total, coalesce(m.sent, 0), m.last_sent, m.last_click, coalesce(c.state, 'not_subscribed')
    FROM wanted w
    LEFT JOIN counted o ON o.profile_id = w.id
    LEFT JOIN points p ON p.profile_id = w.id
    LEFT JOIN open_carts k ON k.profile_id = w.id
    LEFT JOIN mails m ON m.profile_id = w.id
    LEFT JOIN consents c ON c.shop_id = ${shopId} AND c.profile_id = w.id AND c.channel = 'email'
    LEFT JOIN profile_traits known ON known.shop_id = ${shopId} AND known.profile_id = w.id
    WHERE known.profile_id IS NULL
       OR (known.orders_count, known.net_spend, known.gross_profit, known.first_order_at, known.last_order_at,
           known.refunds_count, known.refunded_amount, known.points_balance, known.points_pending,
           known.open_cart_token, known.open_cart_value, known.emails_sent, known.last_email_at, known.last_click_at,
           known.email_state)
         IS DISTINCT FROM
          (coalesce(o.orders, 0), coalesce(o.net, 0), coalesce(o.profit, 0), o.first_at, o.last_at,
           coalesce(o.refunds, 0), coalesce(o.refunded, 0), coalesce(p.spendable, 0)::int, coalesce(p.pending, 0)::int,
           k.token, k.total, coalesce(m.sent, 0), m.last_sent, m.last_click, coalesce(c.state, 'not_subscribed'))
    ON CONFLICT (shop_id, profile_id) DO UPDATE SET
      orders_count = excluded.orders_count, net_spend = excluded.net_spend, gross_profit = excluded.gross_profit,
      average_order_value = excluded.average_order_value, first_order_at = excluded.first_order_at,
      last_order_at = excluded.last_order_at, days_between_orders = excluded.days_between_orders,
      refunds_count = excluded.refunds_count, refunded_amount = excluded.refunded_amount,
      points_balance = excluded.points_balance, points_pending = excluded.points_pending,
      open_cart_token = excluded.open_cart_token, open_cart_value = excluded.open_cart_value,
      emails_sent = excluded.emails_sent, last_email_at = excluded.last_email_at,
      last_click_at = excluded.last_click_at, email_state = excluded.email_state`;
}
