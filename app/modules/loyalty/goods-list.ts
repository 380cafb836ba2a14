import { z } from 'zod';

export const goodsScopes = ['all', 'products', 'collections', 'tags'] as const;

/** Goods a merchant names: all, chosen products, those in chosen collections, or those with a tag. */
export const goodsListShape = {
  scope: z.enum(goodsScopes),
  productIds: z.array(z.bigint()).max(250),
  collectionIds: z.array(z.bigint()).max(250),
  tags: z.array(z.string().trim().min(1).max(255)).max(50),
};

export type GoodsList = z.infer<z.ZodObject<typeof goodsListShape>>;

/** What lists of goods go by, of a product. */
export interface ListedProduct {
  productId: bigint | null; // null: something without a product
  collectionIds: bigint[];
  tags: string[]; // lower case
}

/** A list that is not of all goods names some. */
export function isComplete({ scope, productIds, collectionIds, tags }: GoodsList): boolean {
  return scope === 'all' || { products: productIds, collections: collectionIds, tags }[scope].length > 0;
}

export function isListed({ productId, collectionIds, tags }: ListedProduct, list: GoodsList): boolean {
  if (list.scope === 'products') return productId !== null && list.productIds.includes(productId);
  if (list.scope === 'collections') return list.collectionIds.some((id) => collectionIds.includes(id));
  return list.scope === 'all' || list.tags.some((tag) => tags.includes(tag.toLowerCase()));
}

/** Whether a product earns by a rule: it is one of its goods, or is none of those that it leaves out. */
export function doesEarn(product: ListedProduct, rule: GoodsList & { allBut: boolean }): boolean {
  return rule.scope === 'all' || isListed(product, rule) !== rule.allBut;
}

/** What has to be told of which product, as it is written down of a line. */
interface Waiting {
  product_id: string | null;
  waits_for: 'product' | 'collections' | null;
}

/**
 * What has to be told of a product before these lists can say for good whether it is on them. Products themselves are told by
 * the line.
 */
export function waitsFor(
  product: { id: bigint | null; isKnown: boolean; collectionIds: bigint[] | null },
  lists: Pick<GoodsList, 'scope'>[],
): Waiting {
  const { id, isKnown, collectionIds } = product;
  const ask = (asked: GoodsList['scope']) => lists.some(({ scope }) => scope === asked);
  const missing = collectionIds === null && ask('collections') ? 'collections' : null;
  const waits = !isKnown && (ask('tags') || ask('collections')) ? 'product' : missing;
  return id === null || waits === null
    ? { product_id: null, waits_for: null }
    : { product_id: id.toString(), waits_for: waits };
}
