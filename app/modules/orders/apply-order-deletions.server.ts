import type { Tx } from '~/platform/db/index.server';
import { recomputeOrderFigures } from './recompute-order-figures.server';
import type { OrderDeletedFact } from './types';

/** Marks orders deleted, also those that have not arrived yet. They no longer count. Idempotent; the earliest time stands. */
export async function applyOrderDeletions(
  tx: Tx,
  input: { shopId: number; facts: OrderDeletedFact[]; now: Date },
): Promise<{ orderIds: bigint[]; profileIds: bigint[] }> {
  const { shopId } = input;
  if (input.facts.length === 0) return { orderIds: [], profileIds: [] };
  const rows = input.facts.map(({ id, deletedAt }) => ({ id: id.toString(), deleted_at: deletedAt }));
  await tx.$executeRaw`
    INSERT INTO order_deletions AS d (shop_id, order_id, deleted_at)
    SELECT ${shopId}, r.id, min(r.deleted_at)
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(id bigint, deleted_at timestamptz)
    GROUP BY r.id ORDER BY r.id
    ON CONFLICT (shop_id, order_id) DO UPDATE SET deleted_at = excluded.deleted_at
    WHERE excluded.deleted_at < d.deleted_at`;
  const orderIds = [...new Set(input.facts.map(({ id }) => id))].sort((a, b) => (a < b ? -1 : 1));
  const owners = await tx.$queryRaw<{ profile_id: bigint | null }[]>`
    UPDATE orders o SET deleted_at = d.deleted_at
    FROM order_deletions d
    WHERE d.shop_id = ${shopId} AND d.order_id = ANY(${orderIds}::bigint[])
      AND o.shop_id = d.shop_id AND o.id = d.order_id
    RETURNING o.profile_id`;
  await recomputeOrderFigures(tx, { shopId, orderIds });
  return { orderIds, profileIds: [...new Set(owners.flatMap(({ profile_id }) => profile_id ?? []))] };
}
