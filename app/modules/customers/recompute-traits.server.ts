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
    WITH now AS (
      SELECT p.id, o.orders, o.net, o.profit, o.first_at, o.last_at, o.refunds, o.refunded, a.spendable, a.pending,
             k.token, k.total, m.sent, m.last_sent, m.last_click, coalesce(c.state, 'not_subscribed') AS email_state
      FROM profiles p
      CROSS JOIN LATERAL (
        SELECT count(*)::int AS orders, coalesce(sum(o.net_revenue), 0) AS net, coalesce(sum(o.gross_profit), 0) AS profit,
               min(o.processed_at) AS first_at, max(o.processed_at) AS last_at,
               coalesce(sum(o.refunded_total), 0) AS refunded,
               coalesce(sum(CASE WHEN o.refunded_total = 0 THEN 0 ELSE (
                 SELECT count(*) FROM refunds r WHERE r.shop_id = o.shop_id AND r.order_id = o.id) END), 0)::int AS refunds
        FROM orders o
        WHERE o.shop_id = p.shop_id AND o.profile_id = p.id
          AND o.paid_at IS NOT NULL AND o.cancelled_at IS NULL AND o.deleted_at IS NULL AND NOT o.test
      ) o
      CROSS JOIN LATERAL (
        SELECT coalesce(sum(a.balance) FILTER (WHERE a.kind = 'points'), 0)::int AS spendable,
               coalesce(sum(a.balance) FILTER (WHERE a.kind = 'pending'), 0)::int AS pending
        FROM ledger_accounts a WHERE a.shop_id = p.shop_id AND a.profile_id = p.id
      ) a
      LEFT JOIN LATERAL (
        SELECT c.token, c.total FROM carts c
        WHERE c.shop_id = p.shop_id AND c.profile_id = p.id AND c.state IN ('open', 'abandoned')
        ORDER BY c.last_activity_at DESC, c.token LIMIT 1
      ) k ON true
      CROSS JOIN LATERAL (
        SELECT count(*) FILTER (WHERE m.status IN ('sent', 'unknown'))::int AS sent, max(m.sent_at) AS last_sent,
               max(m.clicked_at) AS last_click
        FROM messages m WHERE m.shop_id = p.shop_id AND m.profile_id = p.id AND m.kind <> 'test'
      ) m
      LEFT JOIN consents c ON c.shop_id = p.shop_id AND c.profile_id = p.id AND c.channel = 'email'
      WHERE p.shop_id = ${shopId} AND p.id = ANY(${profileIds}::bigint[]) AND p.merged_into_id IS NULL
    )
    INSERT INTO profile_traits AS t
      (shop_id, profile_id, orders_count, net_spend, gross_profit, average_order_value, first_order_at, last_order_at,
       days_between_orders, refunds_count, refunded_amount, points_balance, points_pending, open_cart_token,
       open_cart_value, emails_sent, last_email_at, last_click_at, email_state)
    SELECT ${shopId}, n.id, n.orders, n.net, n.profit,
           CASE WHEN n.orders = 0 THEN 0 ELSE round(n.net / n.orders, 4) END, n.first_at, n.last_at,
           CASE WHEN n.orders > 1
             THEN round(extract(epoch FROM n.last_at - n.first_at)::numeric / 86400 / (n.orders - 1), 2) END,
           n.refunds, n.refunded, n.spendable, n.pending, n.token, n.total, n.sent, n.last_sent, n.last_click, n.email_state
    FROM now n
    LEFT JOIN profile_traits known ON known.shop_id = ${shopId} AND known.profile_id = n.id
    WHERE known.profile_id IS NULL
       OR (known.orders_count, known.net_spend, known.gross_profit, known.first_order_at, known.last_order_at,
           known.refunds_count, known.refunded_amount, known.points_balance, known.points_pending,
           known.open_cart_token, known.open_cart_value, known.emails_sent, known.last_email_at, known.last_click_at,
           known.email_state)
         IS DISTINCT FROM
          (n.orders, n.net, n.profit, n.first_at, n.last_at, n.refunds, n.refunded, n.spendable, n.pending, n.token,
           n.total, n.sent, n.last_sent, n.last_click, n.email_state)
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
