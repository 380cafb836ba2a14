import type { Tx } from '~/platform/db/index.server';
import type { ShopFact } from './types';

/**
 * Takes over what Shopify told about the shop, field by field; what was not told stays. Facts older than the newest one
 * seen (of scopes and of the rest, each by itself) change nothing, so duplicates and late deliveries are harmless.
 */
export async function applyShopFact(tx: Tx, input: { shopId: number; fact: ShopFact }): Promise<void> {
  const { occurredAt, scopes, ...told } = input.fact;
  const id = input.shopId;
  if (Object.keys(told).length > 0) {
    await tx.shop.updateMany({
      where: { id, updatedAt: { lte: occurredAt } },
      data: { ...told, updatedAt: occurredAt },
    });
  }
  if (scopes) {
    await tx.shop.updateMany({
      where: { id, OR: [{ scopesUpdatedAt: null }, { scopesUpdatedAt: { lte: occurredAt } }] },
      data: { scopes, scopesUpdatedAt: occurredAt },
    });
  }
}
