import { z } from 'zod';
import { authenticate } from '~/shopify.server';

const signedSchema = z.object({
  shop: z.string(),
  logged_in_customer_id: z
    .string()
    .regex(/^\d{0,18}$/)
    .default(''),
});

/** Who asks through the shop's own domain, as Shopify signed it. */
export interface Proxied {
  shopDomain: string;
  shopifyCustomerId: bigint | null; // null: not signed in
}

/** Reads what Shopify's app proxy passes on; null for what it would not say. Throws a 400 for what is not signed. */
export async function readProxied(request: Request): Promise<Proxied | null> {
  await authenticate.public.appProxy(request);
  const signed = signedSchema.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!signed.success) return null;
  const { shop: shopDomain, logged_in_customer_id: customerId } = signed.data;
  return { shopDomain, shopifyCustomerId: customerId === '' ? null : BigInt(customerId) };
}
