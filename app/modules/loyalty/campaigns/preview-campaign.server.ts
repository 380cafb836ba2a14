import type { Tx } from '~/platform/db/index.server';
import { getEarnRule } from '../get-earn-rule.server';
import { campaignSchema, type CampaignDraft } from './campaign';

export interface CampaignPreview {
  days: number; // that were looked back
  orders: number;
  points: number; // more than without it; below 0 for one that gives less
}

const days = 90;

/**
 * What a campaign would have given over the last 90 days on top, had it been there all the time: on paid orders with what is
 * left of them, at today's earn rule, in the tier each was placed in. Its dates don't count, and other campaigns are left out.
 * Set-wise, changes nothing. Throws a zod error for a draft that can't be saved.
 */
export async function previewCampaign(
  tx: Tx,
  { shopId, draft, now }: { shopId: number; draft: CampaignDraft; now: Date },
): Promise<CampaignPreview> {
  const { factor, scope, productIds, collectionIds, tags, minimum, maxExtra } = campaignSchema.parse(draft);
  const { enabled, pointsPerUnit, minimum: least } = await getEarnRule(tx, { shopId, at: now });
  const since = new Date(now.getTime() - days * 24 * 60 * 60 * 1_000);
  const rate = enabled ? pointsPerUnit.toString() : '0';
  const [row] = await tx.$queryRaw<{ orders: number; points: bigint }[]>`
    WITH line AS (
      SELECT o.id AS order_id, sum(l.net) OVER (PARTITION BY o.id) AS goods,
        greatest(0, l.net - coalesce(b.back, 0)) AS remaining,
        CASE ${scope} WHEN 'all' THEN true WHEN 'products' THEN l.product_id = ANY (${productIds}::bigint[])
          WHEN 'collections' THEN EXISTS (SELECT 1 FROM products p WHERE p.shop_id = l.shop_id AND p.id = l.product_id
            AND p.collection_ids && ${collectionIds}::bigint[])
          ELSE EXISTS (SELECT 1 FROM products p, unnest(p.tags) AS tag WHERE p.shop_id = l.shop_id AND p.id = l.product_id
            AND lower(tag) = ANY (${tags.map((tag) => tag.toLowerCase())}::text[])) END AS applies
      FROM orders o JOIN order_lines l ON l.shop_id = o.shop_id AND l.order_id = o.id AND NOT l.is_gift_card
      LEFT JOIN LATERAL (
        SELECT sum(x.subtotal - CASE WHEN o.taxes_included THEN x.tax ELSE 0 END) AS back
        FROM refunds r JOIN refund_lines x ON x.shop_id = r.shop_id AND x.refund_id = r.id
        WHERE r.shop_id = o.shop_id AND r.order_id = o.id AND x.order_line_id = l.id) b ON true
      WHERE o.shop_id = ${shopId} AND o.processed_at BETWEEN ${since} AND ${now} AND o.paid_at IS NOT NULL
        AND o.cancelled_at IS NULL AND o.deleted_at IS NULL AND NOT o.test AND o.profile_id IS NOT NULL),
    extra AS (
      SELECT line.order_id, trunc(least(coalesce(${maxExtra}::numeric, 'Infinity'),
        sum(remaining) * (${factor}::numeric - 1) * ${rate}::numeric * coalesce(max(m.multiplier), 1))) AS points
      FROM line LEFT JOIN order_multipliers m ON m.shop_id = ${shopId} AND m.order_id = line.order_id
      WHERE applies AND goods >= ${(least ?? 0).toString()}::numeric AND (${minimum}::numeric IS NULL OR goods >= ${minimum}::numeric)
      GROUP BY line.order_id)
    SELECT count(*)::int AS orders, coalesce(sum(points), 0)::bigint AS points FROM extra WHERE points <> 0`;
  return { days, orders: row?.orders ?? 0, points: Number(row?.points ?? 0n) };
}
