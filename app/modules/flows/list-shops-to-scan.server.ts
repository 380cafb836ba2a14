import type { Prisma } from '~/platform/db/index.server';
import { library } from './library/library.server';

/**
 * Active shops with a flow that starts when time passes and is on, or whose flows are not those of the code. Run by
 * `acrossShops`.
 */
export async function listShopsToScan(db: Pick<Prisma.TransactionClient, '$queryRaw'>): Promise<number[]> {
  const hashes = library.map((flow) => flow.hash);
  const rows = await db.$queryRaw<{ id: number }[]>`
    SELECT s.id
    FROM shops s
    LEFT JOIN LATERAL (
      SELECT count(*) FILTER (WHERE v.library_hash = ANY(${hashes})) AS current,
             bool_or(f.enabled AND jsonb_path_exists(
               v.definition, '$.nodes[*].trigger.kind ? (@ == "days_since_last_order")')) AS timed
      FROM flows f
      JOIN flow_versions v ON v.shop_id = f.shop_id AND v.flow_key = f.key AND v.version = f.version
      WHERE f.shop_id = s.id
    ) AS flows ON true
    WHERE s.status = 'active' AND (flows.current <> ${hashes.length} OR flows.timed)
    ORDER BY s.id`;
  return rows.map((row) => row.id);
}
