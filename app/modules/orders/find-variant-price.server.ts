import type { Tx } from '~/platform/db/index.server';

/** What a variant costs, shop currency, as Shopify told last; null for one that is not there any more. */
export async function findVariantPrice(
  tx: Tx,
  { shopId, variantId }: { shopId: number; variantId: bigint },
): Promise<string | null> {
  const row = await tx.productVariant.findUnique({
    where: { shopId_id: { shopId, id: variantId } },
    select: { price: true, product: { select: { deletedAt: true } } },
  });
  return row?.product.deletedAt === null ? row.price.toString() : null;
}
