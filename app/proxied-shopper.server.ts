import { z } from 'zod';
import { findShopByDomain } from '~/modules/shops/index.server';
import { authenticate } from '~/shopify.server';
import type { ShopperRequest } from '~/shopper.server';

const signedSchema = z.object({
  shop: z.string(),
  logged_in_customer_id: z
    .string()
    .regex(/^\d{0,18}$/)
    .default(''),
});

/**
 * Shop and customer of a request to the shop's own address, as Shopify signed them; null when they are not told. Throws a
 * `Response` of 400 for what is not signed.
 */
export async function readProxiedShopper(request: Request): Promise<ShopperRequest | null> {
  await authenticate.public.appProxy(request);
  const signed = signedSchema.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!signed.success) return null;
  const { shop: domain, logged_in_customer_id: customerId } = signed.data;
  const shop = await findShopByDomain(domain);
  return {
    shopId: shop?.status === 'active' ? shop.id : null,
    shopifyCustomerId: customerId === '' ? null : BigInt(customerId),
  };
}
