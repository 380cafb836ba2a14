import { getShop } from '~/modules/shops/index.server';
import type { Tx } from '~/platform/db/index.server';
import { forgetOffers } from '../offers.server';
import { listAllowedKinds } from '../rewards/needed-scope';

/**
 * What the shop allows has changed: shoppers see it at once, and gifts that waited for it are made now, with their whole
 * validity before them. Idempotent.
 */
export async function applyAllowedKinds(
  tx: Tx,
  { shopId, now }: { shopId: number; now: Date },
): Promise<void> {
  forgetOffers(shopId);
  const kinds = listAllowedKinds((await getShop(tx, { shopId })).scopes);
  await tx.$executeRaw`
    UPDATE redemptions SET reserved_at = ${now}, expires_at = expires_at + (${now}::timestamptz - reserved_at),
      attempts = 0, next_attempt_at = ${now}, error = NULL
    WHERE shop_id = ${shopId} AND id = ANY (ARRAY (
      SELECT id FROM redemptions
      WHERE shop_id = ${shopId} AND next_attempt_at > ${now} AND state = 'reserved' AND points = 0 AND sent_at IS NULL
        AND terms ->> 'kind' = ANY (${kinds}::text[])
      ORDER BY id FOR NO KEY UPDATE))`;
}
