import type { Tx } from '~/platform/db/index.server';

/** What to find a picture for, by Shopify's ids. */
export interface Pictured {
  variantId: string | null;
  productId: string | null;
}

/** Addresses of pictures, parallel to `items`: the variant's own, otherwise the product's; null where none is known. */
export async function listPictures(
  tx: Tx,
  input: { shopId: number; items: Pictured[] },
): Promise<(string | null)[]> {
  const { shopId, items } = input;
  if (items.length === 0) return [];
  const rows = await tx.$queryRaw<{ n: bigint; url: string | null }[]>`
    SELECT i.n, coalesce(v.image_url, p.image_url) AS url
    FROM unnest(${items.map(({ variantId }) => variantId)}::bigint[], ${items.map(({ productId }) => productId)}::bigint[])
      WITH ORDINALITY AS i(variant_id, product_id, n)
    LEFT JOIN product_variants v ON v.shop_id = ${shopId} AND v.id = i.variant_id
    LEFT JOIN products p ON p.shop_id = ${shopId} AND p.id = coalesce(v.product_id, i.product_id)
    ORDER BY i.n`;
  return rows.map(({ url }) => url);
}
