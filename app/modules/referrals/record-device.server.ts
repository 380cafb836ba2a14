import type { Tx } from '~/platform/db/index.server';
import { deviceHash } from './device-hash.server';

const keptDays = 180;

/**
 * A signed-in customer was seen with a browser: kept, as a keyed hash and with the day (UTC), of those who have a referral
 * link; of all others nothing is. What was not seen for 180 days goes when they come again. Idempotent.
 */
export async function recordDevice(
  tx: Tx,
  input: {
    shopId: number;
    shopifyCustomerId: bigint;
    ip: string | null;
    userAgent: string | null;
    now: Date;
  },
): Promise<void> {
  const { shopId, shopifyCustomerId, now } = input;
  const hash = deviceHash(shopId, input);
  if (hash === null) return;
  const day = now.toISOString().slice(0, 10);
  const fresh = await tx.$queryRaw<{ profile_id: bigint }[]>`
    INSERT INTO referral_devices AS d (shop_id, profile_id, device_hash, seen_on)
    SELECT c.shop_id, c.profile_id, ${hash}, ${day}::date FROM profiles p
    JOIN referral_codes c ON c.shop_id = p.shop_id AND c.profile_id = p.id AND c.main
    WHERE p.shop_id = ${shopId} AND p.shopify_customer_id = ${shopifyCustomerId} AND p.redacted_at IS NULL
    ON CONFLICT (shop_id, profile_id, device_hash) DO UPDATE SET seen_on = excluded.seen_on
    WHERE d.seen_on < excluded.seen_on
    RETURNING profile_id`;
  const [row] = fresh;
  if (!row) return; // nobody's link, or seen today already
  await tx.$executeRaw`
    DELETE FROM referral_devices
    WHERE shop_id = ${shopId} AND profile_id = ${row.profile_id} AND seen_on < ${day}::date - ${keptDays}::int`;
}
