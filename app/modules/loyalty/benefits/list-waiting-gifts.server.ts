import { getShop } from '~/modules/shops/index.server';
import type { Tx } from '~/platform/db/index.server';
import { listAllowedKinds } from '../rewards/needed-scope';

/** How many gifts of each kind wait until the shop allows them, by kind. */
export async function listWaitingGifts(tx: Tx, { shopId }: { shopId: number }): Promise<Map<string, number>> {
  const kinds = listAllowedKinds((await getShop(tx, { shopId })).scopes);
  const rows = await tx.$queryRaw<{ kind: string; gifts: number }[]>`
    SELECT terms ->> 'kind' AS kind, count(*)::int AS gifts FROM redemptions
    WHERE shop_id = ${shopId} AND next_attempt_at IS NOT NULL AND state = 'reserved' AND points = 0 AND sent_at IS NULL
      AND terms ->> 'kind' <> ALL (${kinds}::text[])
    GROUP BY 1`;
  return new Map(rows.map(({ kind, gifts }) => [kind, gifts]));
}
