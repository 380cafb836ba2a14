import { keyedHash } from '~/platform/crypto.server';
import type { Tx } from '~/platform/db/index.server';

/**
 * Somebody opened a referral link, or claimed an offer without having been seen to: counted once per visitor (a browser in a
 * network) and day (UTC). The address itself is not kept.
 */
export async function recordVisit(
  tx: Tx,
  input: { shopId: number; code: string; ip: string | null; userAgent: string | null; now: Date },
): Promise<void> {
  const day = input.now.toISOString().slice(0, 10);
  const visitorHash = keyedHash(
    `referral visit:${input.shopId}:${day}:${input.ip ?? ''} ${input.userAgent ?? ''}`,
  );
  await tx.$executeRaw`
    INSERT INTO referral_visits (shop_id, day, code, visitor_hash)
    VALUES (${input.shopId}, ${day}::date, ${input.code}, ${visitorHash})
    ON CONFLICT DO NOTHING`;
}
