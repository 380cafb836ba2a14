import type { Tx } from '~/platform/db/index.server';
import type { JudgedOrder } from './apply-order-commissions.server';

/** Writes down whose the orders are; those that turned out to be nobody's go, but what they once earned stays in the ledger. */
export async function saveOrders(
  tx: Tx,
  input: { shopId: number; judged: JudgedOrder[]; orderIds: bigint[]; profileIds: bigint[]; now: Date },
): Promise<void> {
  const { shopId, judged, orderIds, profileIds, now } = input;
  const kept = judged.map(({ order }) => order.orderId);
  await tx.$executeRaw`
    DELETE FROM affiliate_orders WHERE shop_id = ${shopId} AND NOT (order_id = ANY (${kept}::bigint[]))
      AND (order_id = ANY (${orderIds}::bigint[]) OR profile_id = ANY (${profileIds}::bigint[]))`;
  await tx.$executeRaw`
    INSERT INTO affiliate_orders AS o (shop_id, order_id, affiliate_id, profile_id, via, code, group_id, rule_version, is_own,
      outcome, net, commission, currency, placed_at, due_at, line_rates, open_products, open_collections)
    SELECT ${shopId}::int, r.* FROM jsonb_to_recordset(${JSON.stringify(judged.map((one) => toRow(one, now)))}::jsonb) AS r(
      order_id bigint, affiliate_id bigint, profile_id bigint, via text, code text, group_id int, rule_version int,
      is_own boolean, outcome text, net numeric, commission numeric, currency text, placed_at timestamptz, due_at timestamptz, line_rates jsonb,
      open_products bigint[], open_collections bigint[])
    ORDER BY r.order_id
    ON CONFLICT (shop_id, order_id) DO UPDATE SET affiliate_id = excluded.affiliate_id, profile_id = excluded.profile_id,
      via = excluded.via, code = excluded.code, group_id = excluded.group_id, rule_version = excluded.rule_version,
      is_own = o.is_own OR excluded.is_own, outcome = excluded.outcome, net = excluded.net, commission = excluded.commission,
      placed_at = excluded.placed_at, due_at = excluded.due_at,
      line_rates = excluded.line_rates, open_products = excluded.open_products, open_collections = excluded.open_collections`;
}

function toRow(one: JudgedOrder, now: Date): Record<string, unknown> {
  const { order, money, rule } = one;
  return {
    order_id: order.orderId.toString(),
    affiliate_id: one.affiliateId.toString(),
    profile_id: order.profileId?.toString() ?? null,
    via: one.via,
    code: one.code,
    group_id: rule.groupId,
    rule_version: rule.version,
    is_own: one.isOwn,
    outcome: one.outcome,
    net: one.net.toString(),
    commission: one.amount.toString(),
    currency: money.currency,
    placed_at: order.processedAt,
    due_at: one.dueAt > now && !one.amount.isZero() ? one.dueAt : null,
    line_rates: one.goods.lineRates,
    open_products: one.goods.openProducts.map(String),
    open_collections: one.goods.openCollections.map(String),
  };
}
