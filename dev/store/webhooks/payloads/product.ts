import { toGid } from '../../state/ids';
import { formatCents } from '../../state/money';
import type { Product, Variant } from '../../state/model';

function variantPayload(product: Product, variant: Variant, position: number) {
  return {
    admin_graphql_api_id: toGid('ProductVariant', variant.id),
    barcode: null,
    compare_at_price: variant.compareAtPrice === null ? null : formatCents(variant.compareAtPrice),
    created_at: product.createdAt,
    id: variant.id,
    inventory_item_id: variant.inventoryItemId,
    inventory_policy: 'deny',
    inventory_quantity: variant.inventoryQuantity,
    position,
    price: formatCents(variant.price),
    product_id: product.id,
    sku: variant.sku,
    taxable: true,
    title: variant.title,
    updated_at: product.updatedAt,
    option1: variant.title,
  };
}

export function productPayload(product: Product, imageUrl: string) {
  return {
    admin_graphql_api_id: toGid('Product', product.id),
    body_html: `<p>${product.description}</p>`,
    created_at: product.createdAt,
    handle: product.handle,
    id: product.id,
    product_type: product.productType,
    published_at: product.createdAt,
    template_suffix: null,
    title: product.title,
    updated_at: product.updatedAt,
    vendor: product.vendor,
    status: product.status.toLowerCase(),
    published_scope: 'global',
    tags: product.tags.join(', '),
    variants: product.variants.map((variant, index) => variantPayload(product, variant, index + 1)),
    options: [
      {
        name: 'Title',
        id: product.id,
        product_id: product.id,
        position: 1,
        values: product.variants.map(({ title }) => title),
      },
    ],
    images: [{ id: product.id, position: 1, product_id: product.id, src: imageUrl, alt: product.title }],
    image: { id: product.id, position: 1, product_id: product.id, src: imageUrl, alt: product.title },
  };
}

export function productDeletedPayload(product: Product) {
  return { id: product.id };
}
