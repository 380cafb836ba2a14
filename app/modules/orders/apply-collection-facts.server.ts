import type { Tx } from '~/platform/db/index.server';
import type { CollectionFact } from './types';

/**
 * Stores collections and takes deleted ones out of the products that were in them. Idempotent; the newest fact stands, of
 * equally new ones the greater title, and a deletion is for good. What is in a collection is told by `applyProductFacts`.
 */
export async function applyCollectionFacts(
  tx: Tx,
  input: { shopId: number; facts: CollectionFact[]; now: Date },
): Promise<void> {
  const { shopId, facts } = input;
  if (facts.length === 0) return;
  const rows = facts.map(({ id, title, updatedAt, deleted }) => ({
    id: id.toString(),
    title,
    updated_at: deleted ? new Date(0) : updatedAt,
    deleted_at: deleted ? updatedAt : null,
  }));
  await tx.$executeRaw`
    INSERT INTO collections AS c (shop_id, id, title, shopify_updated_at, deleted_at)
    SELECT DISTINCT ON (r.id) ${shopId}, r.id, r.title, r.updated_at, min(r.deleted_at) OVER (PARTITION BY r.id)
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS r(id bigint, title text, updated_at timestamptz, deleted_at timestamptz)
    ORDER BY r.id, r.updated_at DESC, r.title COLLATE "C" DESC
    ON CONFLICT (shop_id, id) DO UPDATE SET
      title = CASE WHEN (excluded.shopify_updated_at, excluded.title COLLATE "C") > (c.shopify_updated_at, c.title COLLATE "C")
        THEN excluded.title ELSE c.title END,
      shopify_updated_at = greatest(c.shopify_updated_at, excluded.shopify_updated_at),
      deleted_at = least(c.deleted_at, excluded.deleted_at)
    WHERE (excluded.shopify_updated_at, excluded.title COLLATE "C") > (c.shopify_updated_at, c.title COLLATE "C")
      OR (excluded.deleted_at IS NOT NULL AND (c.deleted_at IS NULL OR excluded.deleted_at < c.deleted_at))`;
  for (const { id } of facts.filter(({ deleted }) => deleted)) {
    await tx.$executeRaw`
      UPDATE products SET collection_ids = array_remove(collection_ids, ${id}::bigint)
      WHERE shop_id = ${shopId} AND ${id}::bigint = ANY (collection_ids)`;
  }
}
