import type { Tx } from '~/platform/db/index.server';
import type { ShopFact } from './types';

/**
 * Takes over what Shopify told about the shop, field by field; what was not told stays. Facts older than the newest one
 * seen change nothing, so duplicates and late deliveries are harmless.
 */
export async function applyShopFact(tx: Tx, input: { shopId: number; fact: ShopFact }): Promise<void> {
  const { occurredAt, ...told } = input.fact;
  await tx.shop.updateMany({
    where: { id: input.shopId, updatedAt: { lte: occurredAt } },
    data: { ...told, updatedAt: occurredAt },
  });
}
