import type { Tx } from '~/platform/db/index.server';

/**
 * Shopify put these customers together, their tags too: whoever stays may carry the tag of the other's tier, until it is taken
 * away. Where no tag was given nothing is to be done. Idempotent: once too often costs a request.
 */
export async function doubtMergedTags(
  tx: Tx,
  { shopId, merges, now }: { shopId: number; merges: { keptId: bigint; deletedId: bigint }[]; now: Date },
): Promise<void> {
  if (merges.length === 0) return;
  const rows = merges.map(({ keptId, deletedId }) => ({ kept: String(keptId), deleted: String(deletedId) }));
  await tx.$executeRaw`
    INSERT INTO told_standings AS t (shop_id, customer_id, due_at, strays)
    SELECT DISTINCT ${shopId}::int, m.kept, ${now}::timestamptz, 1
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS m(kept bigint, deleted bigint)
    JOIN told_standings d ON d.shop_id = ${shopId} AND d.customer_id = m.deleted
      AND (d.tag IS NOT NULL OR d.next_tag IS NOT NULL OR d.strays > 0)
    ORDER BY 2
    ON CONFLICT (shop_id, customer_id) DO UPDATE SET strays = t.strays + 1, again = t.due_at IS NOT NULL,
      attempts = CASE WHEN t.due_at IS NULL THEN 0 ELSE t.attempts END, due_at = COALESCE(t.due_at, excluded.due_at)`;
}
