import type { Tx } from '~/platform/db/index.server';
import { decimal, type Decimal } from '~/platform/money';

export interface OrderMultiplier {
  orderId: bigint;
  version: number; // of the tiers it was placed under
  tierId: number;
  multiplier: Decimal;
}

/** How often the points of these orders count; one that is not in the map counts once. */
export async function readOrderMultipliers(
  tx: Tx,
  input: { shopId: number; orderIds: bigint[] },
): Promise<Map<bigint, OrderMultiplier>> {
  const rows = await tx.$queryRaw<
    { order_id: bigint; version: number; tier_id: number; multiplier: Decimal }[]
  >`
    SELECT order_id, version, tier_id, multiplier FROM order_multipliers
    WHERE shop_id = ${input.shopId} AND order_id = ANY (${input.orderIds}::bigint[])`;
  return new Map(
    rows.map((row) => [
      row.order_id,
      {
        orderId: row.order_id,
        version: row.version,
        tierId: row.tier_id,
        multiplier: decimal(row.multiplier),
      },
    ]),
  );
}
