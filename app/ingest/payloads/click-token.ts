import { z } from 'zod';
import { clickParameter } from '~/modules/orders/types';

const tokenSchema = z.string().regex(/^[\w-]{16,64}$/);

/**
 * The token of the affiliate's link a visit began with. A theme may keep it as an attribute of the cart, which lasts longer;
 * otherwise it is in the address of the first page, which Shopify tells with the order. Anything else is none.
 */
export function readClickToken(
  landingSite: string | null, // a path of the shop, or a whole address of it
  attributes: { name: string; value?: unknown }[],
): string | null {
  const kept = tokenSchema.safeParse(attributes.find(({ name }) => name === clickParameter)?.value);
  if (kept.success) return kept.data;
  if (landingSite === null || !URL.canParse(landingSite, 'https://shop.invalid')) return null;
  const parameter = new URL(landingSite, 'https://shop.invalid').searchParams.get(clickParameter);
  return tokenSchema.safeParse(parameter).data ?? null;
}
