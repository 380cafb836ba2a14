import { keyedHash } from '~/platform/crypto.server';
import type { Tx } from '~/platform/db/index.server';

/** Somebody opened a referral link: counted once per visitor and day (UTC). The address itself is not kept. */
export async function recordVisit(
  tx: Tx,
  input: { shopId: number; code: string; visitor: string; now: Date },
): Promise<void> {
  const day = input.now.toISOString().slice(0, 10);
  const visitorHash = keyedHash(`referral visit:${input.shopId}:${day}:${input.visitor}`);
  await tx.$executeRaw`
    INSERT INTO referral_visits (shop_id, day, code, visitor_hash)
    VALUES (${input.shopId}, ${day}::date, ${input.code}, ${visitorHash})
    ON CONFLICT DO NOTHING`;
}
