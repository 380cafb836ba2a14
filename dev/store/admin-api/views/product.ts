import { z } from 'zod';
import { productImageUrl } from '../../links';
import { toGid } from '../../state/ids';
import { formatCents } from '../../state/money';
import type { Collection, Product, Variant } from '../../state/model';
import { connect } from '../connection';
import type { ApiContext, Arguments, View } from '../context';
import { search, type Searchable } from '../search-query';
import { metafieldFields } from './metafield';
import { moneyView } from './money';

function imageView(api: ApiContext, product: Product): View {
  const url = productImageUrl(api.store, api.shop, product);
  return {
    __typename: 'Image',
    id: toGid('ImageSource', product.id),
    url,
    src: url,
    originalSrc: url,
    altText: product.title,
    width: 800,
    height: 800,
  };
}

function inventoryItemView(api: ApiContext, product: Product, variant: Variant): View {
  return {
    __typename: 'InventoryItem',
    id: toGid('InventoryItem', variant.inventoryItemId),
    legacyResourceId: variant.inventoryItemId.toString(),
    sku: variant.sku,
    tracked: true,
    requiresShipping: true,
    unitCost: variant.unitCost === null ? null : moneyView(api.shop, variant.unitCost),
    variant: () => variantView(api, product, variant),
    createdAt: product.createdAt,
    updatedAt: product.updatedAt,
  };
}

export function variantView(api: ApiContext, product: Product, variant: Variant): View {
  const gid = toGid('ProductVariant', variant.id);
  return {
    __typename: 'ProductVariant',
    id: gid,
    legacyResourceId: variant.id.toString(),
    title: variant.title,
    displayName: `${product.title} - ${variant.title}`,
    sku: variant.sku,
    barcode: null,
    price: formatCents(variant.price),
    compareAtPrice: variant.compareAtPrice === null ? null : formatCents(variant.compareAtPrice),
    availableForSale: variant.inventoryQuantity > 0,
    inventoryQuantity: variant.inventoryQuantity,
    inventoryPolicy: 'DENY',
    position: product.variants.indexOf(variant) + 1,
    taxable: true,
    selectedOptions: [{ __typename: 'SelectedOption', name: 'Title', value: variant.title }],
    image: null,
    product: () => productView(api, product),
    inventoryItem: () => inventoryItemView(api, product, variant),
    createdAt: product.createdAt,
    updatedAt: product.updatedAt,
    ...metafieldFields(api, gid, 'PRODUCTVARIANT'),
  };
}

function collectionView(collection: Collection): View {
  const gid = toGid('Collection', collection.id);
  const { title, handle, updatedAt } = collection;
  return {
    __typename: 'Collection',
    id: gid,
    legacyResourceId: collection.id.toString(),
    title,
    handle,
    updatedAt,
  };
}

export function productView(api: ApiContext, product: Product): View {
  const gid = toGid('Product', product.id);
  const prices = product.variants.map(({ price }) => price);
  const range = {
    __typename: 'ProductPriceRangeV2',
    minVariantPrice: moneyView(api.shop, Math.min(...prices)),
    maxVariantPrice: moneyView(api.shop, Math.max(...prices)),
  };
  const variants = product.variants;
  return {
    __typename: 'Product',
    id: gid,
    legacyResourceId: product.id.toString(),
    title: product.title,
    handle: product.handle,
    vendor: product.vendor,
    productType: product.productType,
    tags: product.tags,
    status: product.status,
    description: product.description,
    descriptionHtml: `<p>${product.description}</p>`,
    isGiftCard: false,
    onlineStoreUrl: `${api.store.url}/shop/${api.shop.domain}/products/${product.handle}`,
    featuredImage: imageView(api, product),
    featuredMedia: {
      __typename: 'MediaImage',
      id: toGid('MediaImage', product.id),
      alt: product.title,
      mediaContentType: 'IMAGE',
      image: imageView(api, product),
      preview: { __typename: 'MediaPreviewImage', image: imageView(api, product), status: 'READY' },
    },
    images: (args: Arguments) => connect(api, 'Image', args, [product], (only) => imageView(api, only)),
    hasOnlyDefaultVariant: variants.length === 1,
    priceRangeV2: range,
    priceRange: { ...range, __typename: 'ProductPriceRange' },
    totalInventory: variants.reduce((sum, { inventoryQuantity }) => sum + inventoryQuantity, 0),
    tracksInventory: true,
    variantsCount: { __typename: 'Count', count: variants.length, precision: 'EXACT' },
    variants: (args: Arguments) =>
      connect(api, 'ProductVariant', args, variants, (variant) => variantView(api, product, variant)),
    collections: (args: Arguments) => {
      const its = api.shop.collections.filter(({ productIds }) => productIds.includes(product.id));
      return connect(api, 'Collection', args, its, collectionView);
    },
    publishedAt: product.createdAt,
    createdAt: product.createdAt,
    updatedAt: product.updatedAt,
    ...metafieldFields(api, gid, 'PRODUCT'),
  };
}

const listSchema = z.object({ query: z.string().nullish(), sortKey: z.string().nullish() });

const PRODUCT_FILTERS: Readonly<Record<string, (product: Product) => Searchable>> = {
  id: ({ id }) => id,
  title: ({ title }) => title,
  handle: ({ handle }) => handle,
  status: ({ status }) => status,
  vendor: ({ vendor }) => vendor,
  product_type: ({ productType }) => productType,
  tag: ({ tags }) => tags,
  created_at: ({ createdAt }) => new Date(createdAt),
  updated_at: ({ updatedAt }) => new Date(updatedAt),
};

export function listProducts(api: ApiContext, args: Arguments): View {
  const { query, sortKey } = listSchema.parse(args);
  const found = search(api.shop.products, query ?? null, PRODUCT_FILTERS);
  if (sortKey === 'UPDATED_AT') found.sort((a, b) => a.updatedAt.localeCompare(b.updatedAt));
  if (sortKey === 'TITLE') found.sort((a, b) => a.title.localeCompare(b.title));
  return connect(api, 'Product', args, found, (product) => productView(api, product));
}

interface Offered {
  readonly id: bigint;
  readonly product: Product;
  readonly variant: Variant;
}

const VARIANT_FILTERS: Readonly<Record<string, (offered: Offered) => Searchable>> = {
  id: ({ id }) => id,
  sku: ({ variant }) => variant.sku,
  title: ({ variant }) => variant.title,
  product_id: ({ product }) => product.id,
  product_status: ({ product }) => product.status,
  updated_at: ({ product }) => new Date(product.updatedAt),
};

export function listVariants(api: ApiContext, args: Arguments): View {
  const { query } = listSchema.parse(args);
  const all = api.shop.products.flatMap((product) =>
    product.variants.map((variant): Offered => ({ id: variant.id, product, variant })),
  );
  const found = search(all, query ?? null, VARIANT_FILTERS);
  return connect(api, 'ProductVariant', args, found, ({ product, variant }) =>
    variantView(api, product, variant),
  );
}
