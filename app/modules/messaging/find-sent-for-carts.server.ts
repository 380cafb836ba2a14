import type { Tx } from '~/platform/db/index.server';
import type { SentForCart } from './types';

/**
 * For each cart the latest mail that was sent about it; carts without one are left out. A mail of unknown fate counts once
 * somebody clicked in it.
 */
export async function findSentForCarts(
  tx: Tx,
  input: { shopId: number; cartTokens: string[] },
): Promise<SentForCart[]> {
  if (input.cartTokens.length === 0) return [];
  const rows = await tx.$queryRaw<{ token: string; message_id: bigint }[]>`
    SELECT DISTINCT ON (context ->> 'cartToken') context ->> 'cartToken' AS token, id AS message_id
    FROM messages
    WHERE shop_id = ${input.shopId} AND context ? 'cartToken' AND context ->> 'cartToken' = ANY(${input.cartTokens}::text[])
      AND kind <> 'test' AND (status = 'sent' OR (status = 'unknown' AND clicked_at IS NOT NULL))
    ORDER BY context ->> 'cartToken', coalesce(sent_at, handed_over_at) DESC, id DESC`;
  return rows.map((row) => ({ token: row.token, messageId: row.message_id }));
}
