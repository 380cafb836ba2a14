import { getSettings } from '~/modules/shops/index.server';
import type { Tx } from '~/platform/db/index.server';
import { abandonedFrom } from './cart-state';

export interface AbandonedCart {
  token: string;
  profileId: bigint;
  abandonedAt: Date; // last activity plus the merchant's delay, whenever it was noticed
  total: string; // shop currency
  currency: string | null;
}

/**
 * Marks open carts abandoned that have been quiet for the merchant's delay, have something in them and belong to
 * somebody; at most `limit`, the longest quiet first. Each is returned by one call only, also of concurrent ones.
 */
export async function abandonDueCarts(
  tx: Tx,
  input: { shopId: number; now: Date; limit: number },
): Promise<AbandonedCart[]> {
  const { shopId, now, limit } = input;
  const { cartDelayMinutes } = await getSettings(tx, { shopId });
  const quietSince = new Date(now.getTime() - cartDelayMinutes * 60_000);
  const rows = await tx.$queryRaw<
    {
      token: string;
      profile_id: bigint;
      last_activity_at: Date;
      total: { toString(): string };
      currency: string | null;
    }[]
  >`
    WITH due AS (
      SELECT token FROM carts
      WHERE shop_id = ${shopId} AND state = 'open' AND profile_id IS NOT NULL AND lines <> '[]'
        AND last_activity_at <= ${quietSince} AND completed_at IS NULL AND deleted_at IS NULL AND order_id IS NULL
      ORDER BY last_activity_at, token
      LIMIT ${limit}
      FOR UPDATE SKIP LOCKED
    )
    UPDATE carts c SET state = 'abandoned', abandoned_at = c.last_activity_at + make_interval(mins => ${cartDelayMinutes})
    FROM due WHERE c.shop_id = ${shopId} AND c.token = due.token
    RETURNING c.token, c.profile_id, c.last_activity_at, c.total, c.currency`;
  return rows.map((row) => ({
    token: row.token,
    profileId: row.profile_id,
    abandonedAt: abandonedFrom(row.last_activity_at, cartDelayMinutes),
    total: row.total.toString(),
    currency: row.currency,
  }));
}
