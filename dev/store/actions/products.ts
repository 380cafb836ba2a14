import type { Product, Shop } from '../state/model';
import { productImageUrl } from '../links';
import type { Store } from '../store';
import { productDeletedPayload, productPayload } from '../webhooks/payloads/product';
import { shopPayload } from '../webhooks/payloads/shop';
import { getProduct } from './find';

export interface ProductChange {
  readonly title?: string | undefined;
  readonly status?: Product['status'] | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly variants?:
    | readonly {
        readonly id: bigint;
        readonly price?: number | undefined;
        readonly unitCost?: number | null | undefined;
        readonly inventoryQuantity?: number | undefined;
      }[]
    | undefined;
}

export function updateProduct(store: Store, shop: Shop, id: bigint, change: ProductChange): Product {
  const product = getProduct(shop, id);
  const happening = store.begin(shop);
  if (change.title !== undefined) product.title = change.title;
  if (change.status !== undefined) product.status = change.status;
  if (change.tags !== undefined) product.tags = [...change.tags];
  for (const variantChange of change.variants ?? []) {
    const variant = product.variants.find((candidate) => candidate.id === variantChange.id);
    if (variant === undefined) continue;
    if (variantChange.price !== undefined) variant.price = variantChange.price;
    if (variantChange.unitCost !== undefined) variant.unitCost = variantChange.unitCost;
    if (variantChange.inventoryQuantity !== undefined)
      variant.inventoryQuantity = variantChange.inventoryQuantity;
  }
  product.updatedAt = happening.at;
  happening.emit('products/update', productPayload(product, productImageUrl(store, shop, product)));
  return product;
}

export interface NewProduct {
  readonly title: string;
  readonly productType?: string | undefined;
  readonly variants: readonly {
    readonly title: string;
    readonly price: number;
    readonly unitCost?: number | null | undefined;
  }[];
}

export function createProduct(store: Store, shop: Shop, input: NewProduct): Product {
  const happening = store.begin(shop);
  const id = store.takeId('Product');
  const handle = `${input.title.toLowerCase().replace(/[^a-z0-9]+/g, '-')}-${id.toString().slice(-4)}`;
  const product: Product = {
    id,
    title: input.title,
    handle,
    description: '',
    vendor: shop.name,
    productType: input.productType ?? '',
    tags: [],
    status: 'ACTIVE',
    art: 'planter',
    variants: input.variants.map((variant) => ({
      id: store.takeId('ProductVariant'),
      inventoryItemId: store.takeId('InventoryItem'),
      title: variant.title,
      sku: '',
      price: variant.price,
      compareAtPrice: null,
      unitCost: variant.unitCost ?? null,
      inventoryQuantity: 100,
    })),
    createdAt: happening.at,
    updatedAt: happening.at,
  };
  shop.products.push(product);
  happening.emit('products/create', productPayload(product, productImageUrl(store, shop, product)));
  return product;
}

export function deleteProduct(store: Store, shop: Shop, id: bigint): void {
  const product = getProduct(shop, id);
  shop.products = shop.products.filter((candidate) => candidate !== product);
  store.begin(shop).emit('products/delete', productDeletedPayload(product));
}

export function updateShop(
  store: Store,
  shop: Shop,
  change: { name?: string | undefined; email?: string | undefined },
): void {
  if (change.name !== undefined) shop.name = change.name;
  if (change.email !== undefined) shop.email = change.email;
  const happening = store.begin(shop);
  shop.updatedAt = happening.at;
  happening.emit('shop/update', shopPayload(shop));
}
