import type { Tx } from '~/platform/db/index.server';

export interface OrderOfCart {
  token: string;
  via: 'checkout' | 'cart'; // which of the order's tokens it is
  checkoutToken: string | null; // of the order
  orderId: bigint;
  profileId: bigint | null;
  processedAt: Date;
  netRevenue: string; // shop currency; 0 when the order does not count
}

/** The first order placed from each cart or checkout, by token; tokens without an order are left out. */
export async function listOrdersOfCarts(
  tx: Tx,
  input: { shopId: number; tokens: string[] },
): Promise<OrderOfCart[]> {
  if (input.tokens.length === 0) return [];
  const rows = await tx.$queryRaw<
    {
      token: string;
      via: 'checkout' | 'cart';
      checkout_token: string | null;
      id: bigint;
      profile_id: bigint | null;
      processed_at: Date;
      net_revenue: { toString(): string };
    }[]
  >`
    SELECT DISTINCT ON (t.token, o.via) t.token, o.via, o.checkout_token, o.id, o.profile_id, o.processed_at, o.net_revenue
    FROM unnest(${[...new Set(input.tokens)]}::text[]) AS t(token)
    CROSS JOIN LATERAL (
      SELECT 'checkout' AS via, o.* FROM orders o WHERE o.shop_id = ${input.shopId} AND o.checkout_token = t.token
      UNION ALL
      SELECT 'cart' AS via, o.* FROM orders o WHERE o.shop_id = ${input.shopId} AND o.cart_token = t.token
    ) o
    ORDER BY t.token, o.via, o.processed_at, o.id`;
  return rows.map((row) => ({
    token: row.token,
    via: row.via,
    checkoutToken: row.checkout_token,
    orderId: row.id,
    profileId: row.profile_id,
    processedAt: row.processed_at,
    netRevenue: row.net_revenue.toString(),
  }));
}

/** The tokens of the carts and checkouts the given orders were placed from. */
export async function listCartTokensOfOrders(
  tx: Tx,
  input: { shopId: number; orderIds: bigint[] },
): Promise<string[]> {
  if (input.orderIds.length === 0) return [];
  const rows = await tx.$queryRaw<{ token: string }[]>`
    SELECT DISTINCT t.token FROM orders o
    CROSS JOIN LATERAL (VALUES (o.checkout_token), (o.cart_token)) AS t(token)
    WHERE o.shop_id = ${input.shopId} AND o.id = ANY(${input.orderIds}::bigint[]) AND t.token IS NOT NULL`;
  return rows.map(({ token }) => token);
}
