import type { Tx } from '~/platform/db/index.server';
import { contentHash, randomToken } from '~/platform/crypto.server';

/**
 * Makes the secret key by which events are reported through the API, and ends the one before at once. It is kept as a hash:
 * what is returned can't be shown again.
 */
export async function rotateEarnKey(
  tx: Tx,
  { shopId, now }: { shopId: number; now: Date },
): Promise<{ key: string }> {
  const key = `pek_${shopId}_${randomToken()}${randomToken()}`;
  const made = { keyHash: contentHash(key), keyHint: key.slice(-4), keyMadeAt: now };
  await tx.earnSettings.upsert({ where: { shopId }, create: { shopId, ...made }, update: made });
  return { key };
}
