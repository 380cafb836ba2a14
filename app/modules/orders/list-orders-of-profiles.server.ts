import type { Tx } from '~/platform/db/index.server';
import { listOrderMoney } from './list-order-money.server';
import type { OrderMoney } from './types';

/** Every order of these people with its money, as `listOrderMoney` tells it, by person. */
export async function listOrdersOfProfiles(
  tx: Tx,
  input: { shopId: number; profileIds: bigint[] },
): Promise<Map<bigint, OrderMoney[]>> {
  const rows = await tx.$queryRaw<{ id: bigint }[]>`
    SELECT id FROM orders WHERE shop_id = ${input.shopId} AND profile_id = ANY (${input.profileIds}::bigint[])`;
  const orders = await listOrderMoney(tx, { shopId: input.shopId, orderIds: rows.map(({ id }) => id) });
  const byProfile = new Map<bigint, OrderMoney[]>();
  for (const order of orders) {
    if (order.profileId === null) continue;
    const known = byProfile.get(order.profileId);
    if (known) known.push(order);
    else byProfile.set(order.profileId, [order]);
  }
  return byProfile;
}
