import type { Tx } from '~/platform/db/index.server';

/** The discount codes these orders carry, as Shopify wrote them. */
export async function listOrderCodes(
  tx: Tx,
  { shopId, orderIds }: { shopId: number; orderIds: bigint[] },
): Promise<{ orderId: bigint; code: string }[]> {
  if (orderIds.length === 0) return [];
  return tx.orderDiscount.findMany({
    where: { shopId, orderId: { in: orderIds } },
    select: { orderId: true, code: true },
  });
}
