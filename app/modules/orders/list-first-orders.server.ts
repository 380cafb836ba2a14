import type { Tx } from '~/platform/db/index.server';

/** Of the given orders those that are the first paid order of their person; test, cancelled, deleted and historic ones never are. */
export async function listFirstOrders(
  tx: Tx,
  input: { shopId: number; orderIds: bigint[] },
): Promise<{ orderId: bigint; profileId: bigint; paidAt: Date }[]> {
  if (input.orderIds.length === 0) return [];
  const rows = await tx.$queryRaw<{ id: bigint; profile_id: bigint; paid_at: Date }[]>`
    SELECT o.id, o.profile_id, o.paid_at FROM orders o
    WHERE o.shop_id = ${input.shopId} AND o.id = ANY(${input.orderIds}::bigint[]) AND o.profile_id IS NOT NULL
      AND o.paid_at IS NOT NULL AND o.cancelled_at IS NULL AND o.deleted_at IS NULL AND NOT o.test AND NOT o.historic
      AND o.id = (
        SELECT e.id FROM orders e
        WHERE e.shop_id = o.shop_id AND e.profile_id = o.profile_id
          AND e.paid_at IS NOT NULL AND e.cancelled_at IS NULL AND e.deleted_at IS NULL AND NOT e.test
        ORDER BY e.processed_at, e.id LIMIT 1)`;
  return rows.map((row) => ({ orderId: row.id, profileId: row.profile_id, paidAt: row.paid_at }));
}
