import { keyedHash } from '~/platform/crypto.server';
import type { Tx } from '~/platform/db/index.server';
import { normalisedAddress } from './address';
import type { SuppressionReason } from './types';

/**
 * No mail ever again to this address. Kept as a keyed hash, so that it outlives the erasure of the person. Idempotent; the
 * first reason stays.
 */
export async function suppress(
  tx: Tx,
  input: { shopId: number; email: string; reason: SuppressionReason; now: Date },
): Promise<void> {
  const { shopId, reason, now } = input;
  await tx.$executeRaw`
    INSERT INTO suppressions (shop_id, channel, address_hash, reason, created_at)
    VALUES (${shopId}, 'email', ${keyedHash(normalisedAddress(input.email))}, ${reason}, ${now})
    ON CONFLICT (shop_id, channel, address_hash) DO NOTHING`;
}
