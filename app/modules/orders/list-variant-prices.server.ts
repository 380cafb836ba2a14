import type { Tx } from '~/platform/db/index.server';

/** What variants cost, shop currency, as Shopify told last. Unknown ones are left out. */
export async function listVariantPrices(
  tx: Tx,
  { shopId, variantIds }: { shopId: number; variantIds: bigint[] },
): Promise<Map<bigint, string>> {
  if (variantIds.length === 0) return new Map();
  const rows = await tx.productVariant.findMany({
    where: { shopId, id: { in: variantIds } },
    select: { id: true, price: true },
  });
  return new Map(rows.map(({ id, price }) => [id, price.toString()]));
}
