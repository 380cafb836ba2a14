import type { Tx } from '~/platform/db/index.server';

/** Variants to choose from, by the title of their product; `price` in the shop's currency. */
export async function listVariantChoices(
  tx: Tx,
  { shopId, limit = 500 }: { shopId: number; limit?: number },
): Promise<{ id: string; title: string; price: string }[]> {
  const rows = await tx.productVariant.findMany({
    where: { shopId, product: { deletedAt: null } },
    orderBy: [{ product: { title: 'asc' } }, { id: 'asc' }],
    take: limit,
    select: { id: true, title: true, price: true, product: { select: { title: true } } },
  });
  return rows.map(({ id, title, price, product }) => ({
    id: String(id),
    // Shopify's name for the only variant of a product without any.
    title: title === 'Default Title' ? product.title : `${product.title} – ${title}`,
    price: price.toString(),
  }));
}
