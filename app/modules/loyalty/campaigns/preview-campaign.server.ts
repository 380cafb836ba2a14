import { Prisma } from '~/generated/prisma/client';
import type { Tx } from '~/platform/db/index.server';
import { getEarnRule } from '../get-earn-rule.server';
import type { GoodsList } from '../goods-list';
import { campaignSchema, type CampaignDraft } from './campaign';

export interface CampaignPreview {
  days: number; // that were looked back
  orders: number;
  points: number; // more than without it; below 0 for one that gives less
}

const days = 90;

/**
 * What a campaign would have given over the last 90 days on top, had it been there all the time: on paid orders with what is
 * left of them, at today's earn rule and for its goods only, in the tier each was placed in. Money back that names no goods, or
 * nothing at all, falls on all in proportion, as it does in the ledger. Its dates don't count, and other campaigns are left
 * out. Set-wise, changes nothing. Throws a zod error for a draft that can't be saved.
 */
export async function previewCampaign(
  tx: Tx,
  { shopId, draft, now }: { shopId: number; draft: CampaignDraft; now: Date },
): Promise<CampaignPreview> {
  const { factor, minimum, maxExtra, ...list } = campaignSchema.parse(draft);
  const rule = await getEarnRule(tx, { shopId, at: now });
  const since = new Date(now.getTime() - days * 24 * 60 * 60 * 1_000);
  const rate = rule.enabled ? rule.pointsPerUnit.toString() : '0';
  const outside = rule.scope === 'all' ? Prisma.sql`false` : Prisma.sql`${isListed(rule)} = ${rule.allBut}`;
  const [row] = await tx.$queryRaw<{ orders: number; points: bigint }[]>`
    WITH line AS (
      SELECT o.id AS order_id, o.taxes_included, l.net, sum(l.net) OVER (PARTITION BY o.id) AS goods, coalesce(b.back, 0) AS back,
        o.total, ${isListed(list)} AND NOT (${outside}) AS applies
      FROM orders o JOIN order_lines l ON l.shop_id = o.shop_id AND l.order_id = o.id AND NOT l.is_gift_card
      LEFT JOIN products p ON p.shop_id = l.shop_id AND p.id = l.product_id
      LEFT JOIN LATERAL (
        SELECT sum(x.subtotal - CASE WHEN o.taxes_included THEN x.tax ELSE 0 END) AS back
        FROM refunds r JOIN refund_lines x ON x.shop_id = r.shop_id AND x.refund_id = r.id
        WHERE r.shop_id = o.shop_id AND r.order_id = o.id AND x.order_line_id = l.id) b ON true
      WHERE o.shop_id = ${shopId} AND o.processed_at BETWEEN ${since} AND ${now} AND o.paid_at IS NOT NULL
        AND o.cancelled_at IS NULL AND o.deleted_at IS NULL AND NOT o.test AND o.profile_id IS NOT NULL),
    boosted AS (
      SELECT order_id, taxes_included, goods, total, sum(net) AS placed, sum(back) AS back FROM line
      WHERE applies AND goods >= ${(rule.minimum ?? 0).toString()}::numeric AND (${minimum}::numeric IS NULL OR goods >= ${minimum}::numeric)
      GROUP BY order_id, taxes_included, goods, total),
    extra AS (
      SELECT b.order_id, trunc(least(coalesce(${maxExtra}::numeric, 'Infinity'),
        least(b.placed, greatest(0, b.placed - b.back - coalesce(u.adjusted * b.placed / nullif(b.total, 0), 0)
          - greatest(0, coalesce(u.loose * b.placed / nullif(b.goods, 0), 0))))
        * (${factor}::numeric - 1) * ${rate}::numeric * coalesce(m.multiplier, 1))) AS points
      FROM boosted b LEFT JOIN order_multipliers m ON m.shop_id = ${shopId} AND m.order_id = b.order_id
      LEFT JOIN LATERAL (
        SELECT sum(r.adjustments) AS adjusted, sum(r.lines - (
          SELECT coalesce(sum(x.subtotal - CASE WHEN b.taxes_included THEN x.tax ELSE 0 END), 0)
          FROM refund_lines x WHERE x.shop_id = r.shop_id AND x.refund_id = r.id)) AS loose
        FROM refunds r WHERE r.shop_id = ${shopId} AND r.order_id = b.order_id) u ON true)
    SELECT count(*)::int AS orders, coalesce(sum(points), 0)::bigint AS points FROM extra WHERE points <> 0`;
  return { days, orders: row?.orders ?? 0, points: Number(row?.points ?? 0n) };
}

/** That a line `l` of product `p` is of a list of goods; false of what nothing is known of. */
function isListed({ scope, productIds, collectionIds, tags }: GoodsList): Prisma.Sql {
  if (scope === 'all') return Prisma.sql`true`;
  if (scope === 'products') return Prisma.sql`coalesce(l.product_id = ANY (${productIds}::bigint[]), false)`;
  if (scope === 'collections')
    return Prisma.sql`coalesce(p.collection_ids && ${collectionIds}::bigint[], false)`;
  const lower = tags.map((tag) => tag.toLowerCase());
  return Prisma.sql`EXISTS (SELECT 1 FROM unnest(p.tags) AS tag WHERE lower(tag) = ANY (${lower}::text[]))`;
}
