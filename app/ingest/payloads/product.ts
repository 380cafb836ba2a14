import { z } from 'zod';
import type { ProductFact } from '~/modules/orders/types';
import type { DeliveryContext } from './context';
import { identity, optionalId, optionalMoment, optionalMoney, ownId, tagList, text } from './fields';

const image = z.object({ ...identity, src: text });

const variant = z.object({ ...identity, title: text, sku: text, price: optionalMoney, image_id: optionalId });

const productSchema = z.object({
  ...identity,
  title: text,
  handle: text,
  product_type: text,
  vendor: text,
  status: text,
  tags: tagList,
  image: image.nullish(),
  images: z.array(image).nullish(),
  variants: z.array(variant).nullish(),
  variant_gids: z.array(z.object(identity)).nullish(),
  updated_at: optionalMoment,
});

export function readProduct(payload: unknown, context: DeliveryContext): ProductFact[] {
  const product = productSchema.parse(payload);
  const images = new Map((product.images ?? []).map((entry) => [entry.id, entry.src]));
  const variantIds = (product.variant_gids ?? []).flatMap((entry) => ownId(entry) ?? []);
  return [
    {
      id: requireId(ownId(product)),
      title: product.title ?? '',
      handle: product.handle,
      productType: product.product_type,
      vendor: product.vendor,
      status: product.status?.toLowerCase() ?? 'active',
      imageUrl: product.image?.src ?? product.images?.[0]?.src ?? null,
      tags: product.tags,
      updatedAt: product.updated_at ?? context.triggeredAt,
      variants: (product.variants ?? []).flatMap((entry) => {
        const id = ownId(entry);
        if (id === null) return [];
        const imageUrl = entry.image_id === null ? null : (images.get(entry.image_id) ?? null);
        return [{ id, title: entry.title ?? '', sku: entry.sku, price: entry.price ?? '0', imageUrl }];
      }),
      // A webhook tells the first 100 variants and names them all.
      ...(variantIds.length > (product.variants?.length ?? 0) && { variantIds }),
    },
  ];
}

export function readProductDeleted(payload: unknown, context: DeliveryContext): ProductFact[] {
  const id = requireId(ownId(z.object(identity).parse(payload)));
  const nothing = {
    title: '',
    handle: null,
    productType: null,
    vendor: null,
    status: 'deleted',
    imageUrl: null,
    tags: [],
    variants: [],
  };
  return [{ ...nothing, id, updatedAt: context.triggeredAt, deleted: true }];
}

function requireId(id: bigint | null): bigint {
  if (id === null) throw new Error('a product without an id');
  return id;
}
