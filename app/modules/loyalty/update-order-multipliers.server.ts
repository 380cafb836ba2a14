import type { Tx } from '~/platform/db/index.server';
import { tierOfOrder, type PersonOrder } from './qualifying-history';
import { readOrderMultipliers, type OrderMultiplier } from './read-order-multipliers.server';
import type { TierPeople } from './read-tier-people.server';
import type { TierProgramme } from './types';

interface Input {
  shopId: number;
  programmes: TierProgramme[];
  people: TierPeople;
}

/** Writes down how often the points of these people's orders count. Returns the orders for which that is new. */
export async function updateOrderMultipliers(tx: Tx, input: Input): Promise<{ orderIds: bigint[] }> {
  const { shopId, programmes, people } = input;
  if (!programmes.some(({ tiers }) => tiers.some(({ multiplier }) => multiplier.greaterThan(1))))
    return { orderIds: [] };
  const orders = [...people.orders.values()].flat();
  const known = await readOrderMultipliers(tx, {
    shopId,
    orderIds: orders.map(({ order }) => order.orderId),
  });
  const wanted = new Map(wantedOf(input).map((one) => [one.orderId, one]));
  const changed = orders
    .map(({ order }) => order.orderId)
    .filter((orderId) => !same(known.get(orderId), wanted.get(orderId)));
  await save(tx, shopId, changed, wanted);
  return { orderIds: changed };
}

function wantedOf({ programmes, people }: Input): OrderMultiplier[] {
  const multiplied = ({ order }: PersonOrder, all: PersonOrder[]): OrderMultiplier[] => {
    const found = tierOfOrder(order, all, programmes, people.timeZone);
    if (!found?.tier.multiplier.greaterThan(1)) return [];
    const { version, tier } = found;
    return [{ orderId: order.orderId, version, tierId: tier.id, multiplier: tier.multiplier }];
  };
  return [...people.orders.values()].flatMap((all) => all.flatMap((one) => multiplied(one, all)));
}

function same(a: OrderMultiplier | undefined, b: OrderMultiplier | undefined): boolean {
  if (!a || !b) return a === b;
  return a.version === b.version && a.tierId === b.tierId && a.multiplier.equals(b.multiplier);
}

async function save(
  tx: Tx,
  shopId: number,
  changed: bigint[],
  wanted: Map<bigint, OrderMultiplier>,
): Promise<void> {
  const gone = changed.filter((orderId) => !wanted.has(orderId));
  if (gone.length > 0)
    await tx.$executeRaw`DELETE FROM order_multipliers WHERE shop_id = ${shopId} AND order_id = ANY (${gone}::bigint[])`;
  const rows = changed.flatMap((orderId) => wanted.get(orderId) ?? []);
  if (rows.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO order_multipliers (shop_id, order_id, version, tier_id, multiplier)
    SELECT ${shopId}::int, * FROM unnest(${rows.map((row) => row.orderId)}::bigint[], ${rows.map((row) => row.version)}::int[],
      ${rows.map((row) => row.tierId)}::int[], ${rows.map((row) => row.multiplier.toString())}::numeric[]) AS t(order_id, version, tier_id, multiplier)
    ORDER BY order_id
    ON CONFLICT (shop_id, order_id) DO UPDATE
      SET version = excluded.version, tier_id = excluded.tier_id, multiplier = excluded.multiplier`;
}
