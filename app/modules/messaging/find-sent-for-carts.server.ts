import type { Tx } from '~/platform/db/index.server';
import type { SentForCart } from './types';

/**
 * For each cart the latest mail about it that was handed over before the given moment (when it was bought); carts without
 * one are left out. A mail not known to have arrived counts once somebody clicked in it. Shopify tells whole seconds, so
 * an order of the second in which the mail went out is one after it.
 */
export async function findSentForCarts(
  tx: Tx,
  input: { shopId: number; carts: { token: string; before: Date }[] },
): Promise<SentForCart[]> {
  if (input.carts.length === 0) return [];
  const tokens = input.carts.map(({ token }) => token);
  const moments = input.carts.map(({ before }) => before);
  const rows = await tx.$queryRaw<{ token: string; message_id: bigint }[]>`
    SELECT DISTINCT ON (c.token) c.token, m.id AS message_id
    FROM unnest(${tokens}::text[], ${moments}::timestamptz[]) AS c(token, before)
    JOIN messages m ON m.shop_id = ${input.shopId} AND m.context ? 'cartToken' AND m.context ->> 'cartToken' = c.token
      AND m.kind <> 'test' AND (m.status = 'sent' OR (m.status IN ('sending', 'unknown') AND m.clicked_at IS NOT NULL))
      AND date_trunc('second', m.handed_over_at) <= c.before
    ORDER BY c.token, m.handed_over_at DESC, m.id DESC`;
  return rows.map((row) => ({ token: row.token, messageId: row.message_id }));
}
