import type { Tx } from '~/platform/db/index.server';
import { refreshCarts } from './refresh-carts.server';

export interface Recovery {
  token: string;
  orderId: bigint;
  profileId: bigint | null;
  messageId: bigint;
  orderedAt: Date;
  amount: string; // net revenue of the order, shop currency
  currency: string | null;
}

/**
 * Notes that a mail brought the order of a cart: the cart is recovered, with the net revenue of the order (refunds lower
 * it). The first mail credited stays. Idempotent; credits for carts without an order do nothing. Returns the recoveries.
 */
export async function creditRecoveries(
  tx: Tx,
  input: { shopId: number; credits: { token: string; messageId: bigint }[]; now: Date },
): Promise<Recovery[]> {
  const { shopId, credits, now } = input;
  if (credits.length === 0) return [];
  const tokens = credits.map(({ token }) => token);
  await tx.$executeRaw`
    UPDATE carts c SET recovered_message_id = r.message_id
    FROM unnest(${tokens}::text[], ${credits.map(({ messageId }) => messageId)}::bigint[]) AS r(token, message_id)
    WHERE c.shop_id = ${shopId} AND c.token = r.token AND c.order_id IS NOT NULL AND c.recovered_message_id IS NULL`;
  await refreshCarts(tx, { shopId, tokens, now });
  const rows = await tx.$queryRaw<
    {
      token: string;
      order_id: bigint;
      profile_id: bigint | null;
      message_id: bigint;
      closed_at: Date;
      amount: { toString(): string };
      currency: string | null;
    }[]
  >`
    SELECT token, order_id, profile_id, recovered_message_id AS message_id, closed_at, recovered_amount AS amount, currency
    FROM carts WHERE shop_id = ${shopId} AND token = ANY(${tokens}::text[]) AND state = 'recovered'
    ORDER BY token`;
  return rows.map((row) => ({
    token: row.token,
    orderId: row.order_id,
    profileId: row.profile_id,
    messageId: row.message_id,
    orderedAt: row.closed_at,
    amount: row.amount.toString(),
    currency: row.currency,
  }));
}
