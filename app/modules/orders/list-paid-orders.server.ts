import type { Tx } from '~/platform/db/index.server';

/**
 * Of the given orders those that were paid since then, of each person the last one; test, cancelled, deleted and historic
 * ones never are.
 */
export async function listPaidOrders(
  tx: Tx,
  { shopId, orderIds, since }: { shopId: number; orderIds: bigint[]; since: Date },
): Promise<{ orderId: bigint; profileId: bigint; paidAt: Date }[]> {
  return tx.$queryRaw<{ orderId: bigint; profileId: bigint; paidAt: Date }[]>`
    SELECT DISTINCT ON (o.profile_id) o.id AS "orderId", o.profile_id AS "profileId", o.paid_at AS "paidAt" FROM orders o
    WHERE o.shop_id = ${shopId} AND o.id = ANY (${orderIds}::bigint[]) AND o.profile_id IS NOT NULL
      AND o.paid_at >= ${since} AND o.cancelled_at IS NULL AND o.deleted_at IS NULL AND NOT o.test AND NOT o.historic
    ORDER BY o.profile_id, o.paid_at DESC, o.id`;
}
