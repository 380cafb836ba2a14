import { listCartTokensOfOrders } from '~/modules/orders/index.server';
import type { Tx } from '~/platform/db/index.server';
import { refreshCarts } from './refresh-carts.server';

export interface ClosedCart {
  token: string;
  orderId: bigint;
  profileId: bigint | null;
  orderedAt: Date;
  wasAbandoned: boolean;
}

/**
 * Closes the carts these orders were placed from; those not told yet are closed when they arrive. Idempotent: answers the
 * carts the orders closed, now or earlier, with their amounts brought up to date, and the owners of carts that changed.
 */
export async function closeCartsByOrders(
  tx: Tx,
  input: { shopId: number; orderIds: bigint[]; now: Date },
): Promise<{ closed: ClosedCart[]; profileIds: bigint[] }> {
  const { shopId, orderIds, now } = input;
  const tokens = await listCartTokensOfOrders(tx, { shopId, orderIds });
  const wanted = new Set(orderIds);
  const { carts, profileIds } = await refreshCarts(tx, { shopId, tokens, now });
  const closed = carts.flatMap(({ token, orderId, profileId, orderedAt, abandonedAt }) =>
    orderId === null || orderedAt === null || !wanted.has(orderId)
      ? []
      : [{ token, orderId, profileId, orderedAt, wasAbandoned: abandonedAt !== null }],
  );
  return { closed, profileIds };
}
