import { keyedHash } from '~/platform/crypto.server';
import type { Tx } from '~/platform/db/index.server';
import { normalisedAddress } from './address';
import type { SuppressionReason } from './types';

/**
 * No mail ever again to these addresses. Kept as keyed hashes, so that they outlive the erasure of the people. Idempotent; the
 * first reason stays.
 */
export async function suppress(
  tx: Tx,
  input: { shopId: number; emails: string[]; reason: SuppressionReason; now: Date },
): Promise<void> {
  const { shopId, reason, now } = input;
  if (input.emails.length === 0) return;
  const hashes = input.emails.map((email) => keyedHash(normalisedAddress(email)));
  await tx.$executeRaw`
    INSERT INTO suppressions (shop_id, channel, address_hash, reason, created_at)
    SELECT DISTINCT ${shopId}::int, 'email', hash, ${reason}, ${now}::timestamptz
    FROM unnest(${hashes}::text[]) AS hash ORDER BY hash
    ON CONFLICT (shop_id, channel, address_hash) DO NOTHING`;
}
