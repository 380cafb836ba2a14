import type { Tx } from '~/platform/db/index.server';
import type { OrderTrace } from './types';

interface Row {
  id: bigint;
  profile_id: bigint | null;
  email: string | null;
  test: boolean;
  ended: boolean;
  processed_at: Date;
  click_token: string | null;
  codes: string[];
}

/** These orders, and every order of these people, with what tells how they came. One statement. */
export async function listOrderTraces(
  tx: Tx,
  input: { shopId: number; orderIds: bigint[]; profileIds: bigint[] },
): Promise<OrderTrace[]> {
  const { shopId, orderIds, profileIds } = input;
  const rows = await tx.$queryRaw<Row[]>`
    SELECT o.id, o.profile_id, o.email, o.test, coalesce(o.cancelled_at, o.deleted_at) IS NOT NULL AS ended, o.processed_at, o.click_token,
      ARRAY (SELECT lower(d.code) FROM order_discounts d WHERE d.shop_id = o.shop_id AND d.order_id = o.id) AS codes
    FROM orders o
    WHERE o.shop_id = ${shopId} AND o.id IN (
      SELECT unnest(${orderIds}::bigint[])
      UNION SELECT p.id FROM orders p WHERE p.shop_id = ${shopId} AND p.profile_id = ANY (${profileIds}::bigint[]))
    ORDER BY o.processed_at, o.id`;
  return rows.map((row) => ({
    orderId: row.id,
    profileId: row.profile_id,
    email: row.email,
    test: row.test,
    ended: row.ended,
    processedAt: row.processed_at,
    clickToken: row.click_token,
    codes: row.codes.toSorted(),
  }));
}
