import { z } from 'zod';
import type { World } from './world';

interface Start {
  email: string;
  customerId?: string;
  discountCode?: string;
  /** How many of the first product, of the second, ...; without it one of every product. */
  quantities?: number[];
}

/** Numbers in JSON lose digits past 2^53; the gid beside them does not. */
const gid = z.object({ admin_graphql_api_id: z.string() });
const productsSchema = z.array(z.object({ variants: z.array(gid).min(1) }));
const checkoutSchema = z.object({ token: z.string(), total_price: z.string() });
const orderSchema = gid.extend({ name: z.string(), total_price: z.string(), total_discounts: z.string() });
type PlacedOrder = z.infer<typeof orderSchema>;

/** A cart taken to the checkout, not paid yet. */
export async function startCheckout(
  world: World,
  { quantities, ...start }: Start,
): Promise<z.infer<typeof checkoutSchema>> {
  const products = await world.store(productsSchema, '/products');
  const lines = products.slice(0, quantities?.length).map(({ variants }, index) => ({
    variantId: variants[0]?.admin_graphql_api_id,
    quantity: quantities?.[index] ?? 1,
  }));
  return world.store(checkoutSchema, '/checkouts', { lines, locale: 'en', ...start });
}

/** Pays a checkout; `landingSite` is the page its visit began on. All that follows from the order has happened then. */
export async function payCheckout(world: World, token: string, landingSite?: string): Promise<PlacedOrder> {
  const order = await world.store(orderSchema, `/checkouts/${token}/pay`, { landingSite });
  await world.settled();
  return order;
}

/** Both in one go. */
export async function placeOrder(
  world: World,
  { landingSite, ...start }: Start & { landingSite?: string },
): Promise<PlacedOrder> {
  const { token } = await startCheckout(world, start);
  return payCheckout(world, token, landingSite);
}
