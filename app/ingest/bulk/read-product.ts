import { z } from 'zod';
import type { ProductFact } from '~/modules/orders/types';
import { operations } from '~/platform/shopify/index.server';
import { moment, shopifyId } from '../payloads/fields';
import type { BulkNode } from './group-nodes';

const { node } = operations.bulkProducts.result.shape.products.shape.edges.element.shape;
const productNode = node
  .omit({ variants: true, collections: true })
  .extend({ id: shopifyId, updatedAt: moment });
const variantNode = node.shape.variants.shape.edges.element.shape.node.extend({ id: shopifyId });

const collectionNode = node.shape.collections.shape.edges.element.shape.node.extend({
  id: shopifyId,
  updatedAt: moment,
});
const isCollection = ({ id }: { id?: unknown }): boolean => String(id).includes('/Collection/');

/** A product with its variants, what they cost, and the collections it is in: only the Admin API tells these two. */
export function readBulkProduct({ node: raw, children }: BulkNode): ProductFact {
  const product = productNode.parse(raw);
  return {
    id: product.id,
    title: product.title,
    handle: product.handle,
    productType: product.productType || null,
    vendor: product.vendor || null,
    status: product.status.toLowerCase(),
    imageUrl: product.featuredMedia?.preview?.image?.url ?? null,
    tags: product.tags,
    updatedAt: product.updatedAt,
    variants: z
      .array(variantNode)
      .parse(children.filter((child) => !isCollection(child)))
      .map((variant) => ({
        id: variant.id,
        title: variant.title,
        sku: variant.sku || null,
        price: variant.price,
        imageUrl: variant.image?.url ?? null,
        unitCost: variant.inventoryItem.unitCost?.amount ?? null,
      })),
    collections: z.array(collectionNode).parse(children.filter(isCollection)),
  };
}
