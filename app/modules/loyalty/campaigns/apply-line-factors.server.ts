import type { Tx } from '~/platform/db/index.server';
import { Decimal, decimal, type Amount } from '~/platform/money';
import type { Boost, EarningOrder } from '../compute-money-points';
import { waitsFor } from '../goods-list';
import { findCampaign, type Campaign } from './campaign';
import { readCampaigns } from './read-campaigns.server';

interface NewLine {
  order_id: bigint;
  line_id: bigint;
  product_id: bigint | null;
  known: boolean;
  collection_ids: bigint[] | null;
  tags: string[] | null;
  placed_at: Date;
  local_day: string;
  goods: Amount;
}

interface BoostRow {
  order_id: bigint;
  factor: Amount;
  campaign_id: number;
  version: number;
  placed: Amount;
  back: Amount;
  loose: Amount;
}

/**
 * How often the goods of these orders count. What is said of a line when it is first seen (by the campaigns of the moment its
 * order was placed, and what is known of its product then) is written down and stays, also when tags or campaigns change;
 * while its product is not known it waits (`claimToldOrders`). A shop without campaigns pays one small query. Lines that the
 * earn rule leaves out count for no campaign. Set-wise, idempotent. Orders without a campaign are not in the map.
 */
export async function applyLineFactors(
  tx: Tx,
  { shopId, orders }: { shopId: number; orders: Pick<EarningOrder, 'orderId' | 'outsideLines'>[] },
): Promise<Map<bigint, Boost[]>> {
  const campaigns = await readCampaigns(tx, { shopId });
  if (campaigns.length === 0 || orders.length === 0) return new Map();
  const orderIds = orders.map(({ orderId }) => orderId);
  const outside = orders.flatMap(({ orderId, outsideLines = [] }) =>
    outsideLines.map((lineId) => ({ orderId, lineId })),
  );
  await writeNewLines(tx, shopId, orderIds, campaigns);
  const rows = await readBoosts(tx, shopId, orderIds, outside);
  const caps = new Map(campaigns.map(({ id, version, maxExtra }) => [`${id}:${version}`, maxExtra]));
  const boosts = new Map<bigint, Boost[]>();
  for (const { order_id: orderId, campaign_id: id, version, ...row } of rows) {
    const [factor, placed, back] = [decimal(row.factor), decimal(row.placed), decimal(row.back)];
    const maxExtra = caps.get(`${id}:${version}`) ?? null;
    const boost = { factor, maxExtra, placed, back, loose: decimal(row.loose) };
    boosts.set(orderId, [...(boosts.get(orderId) ?? []), boost]);
  }
  return boosts;
}

async function writeNewLines(
  tx: Tx,
  shopId: number,
  orderIds: bigint[],
  campaigns: Campaign[],
): Promise<void> {
  const lines = await tx.$queryRaw<NewLine[]>`
    SELECT l.order_id, l.id AS line_id, l.product_id, p.id IS NOT NULL AS known, p.collection_ids, p.tags, o.processed_at AS placed_at,
      to_char(o.processed_at AT TIME ZONE s.time_zone, 'YYYY-MM-DD') AS local_day,
      (SELECT coalesce(sum(g.net), 0) FROM order_lines g
       WHERE g.shop_id = l.shop_id AND g.order_id = l.order_id AND NOT g.is_gift_card) AS goods
    FROM order_lines l
    JOIN orders o ON o.shop_id = l.shop_id AND o.id = l.order_id
    JOIN shops s ON s.id = l.shop_id
    LEFT JOIN products p ON p.shop_id = l.shop_id AND p.id = l.product_id
    WHERE l.shop_id = ${shopId} AND l.order_id = ANY (${orderIds}::bigint[]) AND NOT l.is_gift_card
      AND NOT EXISTS (SELECT 1 FROM order_line_factors f
        WHERE f.shop_id = l.shop_id AND f.order_id = l.order_id AND f.line_id = l.id AND f.waits_for IS NULL)`;
  if (lines.length === 0) return;
  const rows = lines.map((line) => {
    const campaign = findCampaign(
      {
        productId: line.product_id,
        collectionIds: line.collection_ids ?? [],
        tags: (line.tags ?? []).map((tag) => tag.toLowerCase()),
        placedAt: line.placed_at,
        localDay: line.local_day,
        goods: decimal(line.goods),
      },
      campaigns,
    );
    return {
      order_id: line.order_id.toString(),
      line_id: line.line_id.toString(),
      campaign_id: campaign?.id ?? null,
      version: campaign?.version ?? null,
      factor: (campaign?.factor ?? new Decimal(1)).toString(),
      ...waitsFor(
        { id: line.product_id, isKnown: line.known, collectionIds: line.collection_ids },
        campaigns,
      ),
    };
  });
  await tx.$executeRaw`
    INSERT INTO order_line_factors AS f (shop_id, order_id, line_id, campaign_id, version, factor, product_id, waits_for)
    SELECT ${shopId}::int, order_id, line_id, campaign_id, version, factor, product_id, waits_for
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS t(order_id bigint, line_id bigint, campaign_id int, version int, factor numeric, product_id bigint, waits_for text)
    ORDER BY order_id, line_id
    ON CONFLICT (shop_id, order_id, line_id) DO UPDATE SET campaign_id = excluded.campaign_id, version = excluded.version,
      factor = excluded.factor, product_id = excluded.product_id, waits_for = excluded.waits_for
    WHERE f.waits_for IS NOT NULL AND f.waits_for IS DISTINCT FROM excluded.waits_for`;
}

/** By order and campaign, its goods as placed, what was refunded of them, and what was of the order's goods without saying which. */
async function readBoosts(
  tx: Tx,
  shopId: number,
  orderIds: bigint[],
  outside: { orderId: bigint; lineId: bigint }[],
): Promise<BoostRow[]> {
  const outsideOrders = outside.map(({ orderId }) => orderId);
  const outsideLines = outside.map(({ lineId }) => lineId);
  return tx.$queryRaw<BoostRow[]>`
    SELECT f.order_id, f.campaign_id, f.version, f.factor, sum(l.net) AS placed, coalesce(sum(b.back), 0) AS back,
      greatest(0, max(u.loose)) AS loose
    FROM order_line_factors f
    JOIN order_lines l ON l.shop_id = f.shop_id AND l.order_id = f.order_id AND l.id = f.line_id
    JOIN orders o ON o.shop_id = f.shop_id AND o.id = f.order_id
    LEFT JOIN LATERAL (
      SELECT sum(x.subtotal - CASE WHEN o.taxes_included THEN x.tax ELSE 0 END) AS back
      FROM refunds r JOIN refund_lines x ON x.shop_id = r.shop_id AND x.refund_id = r.id
      WHERE r.shop_id = f.shop_id AND r.order_id = f.order_id AND x.order_line_id = f.line_id) b ON true
    LEFT JOIN LATERAL (
      SELECT coalesce(sum(r.lines - (
        SELECT coalesce(sum(x.subtotal - CASE WHEN o.taxes_included THEN x.tax ELSE 0 END), 0)
        FROM refund_lines x JOIN order_lines g ON g.shop_id = x.shop_id AND g.order_id = r.order_id AND g.id = x.order_line_id
        WHERE x.shop_id = r.shop_id AND x.refund_id = r.id)), 0) AS loose
      FROM refunds r WHERE r.shop_id = f.shop_id AND r.order_id = f.order_id) u ON true
    WHERE f.shop_id = ${shopId} AND f.order_id = ANY (${orderIds}::bigint[]) AND f.campaign_id IS NOT NULL
      AND (f.order_id, f.line_id) NOT IN (SELECT * FROM unnest(${outsideOrders}::bigint[], ${outsideLines}::bigint[]))
    GROUP BY f.order_id, f.campaign_id, f.version, f.factor
    ORDER BY f.order_id, f.campaign_id`;
}
