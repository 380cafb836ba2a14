import type { Tx } from '~/platform/db/index.server';

/** Shops in which at least one open cart has been quiet for as long as the merchant's delay. Run by `acrossShops`. */
export async function listShopsWithDueCarts(
  db: Pick<Tx, '$queryRaw'>,
  input: { now: Date },
): Promise<number[]> {
  const rows = await db.$queryRaw<{ shop_id: number }[]>`
    SELECT DISTINCT c.shop_id FROM carts c
    JOIN shops s ON s.id = c.shop_id AND s.status <> 'uninstalled'
    LEFT JOIN shop_settings g ON g.shop_id = c.shop_id
    WHERE c.state = 'open' AND c.profile_id IS NOT NULL AND c.lines <> '[]' AND c.completed_at IS NULL
      AND c.deleted_at IS NULL AND c.order_id IS NULL
      AND c.last_activity_at <= ${input.now}::timestamptz - make_interval(mins => coalesce(g.cart_delay_minutes, 60))
    ORDER BY 1`;
  return rows.map((row) => row.shop_id);
}
