import { keyedHash } from '~/platform/crypto.server';
import type { Tx } from '~/platform/db/index.server';

/** Uses a link into the portal: whose it was, or null when it is none, too old, or was used before. Works once. */
export async function applySignIn(
  tx: Tx,
  { shopId, token, now }: { shopId: number; token: string; now: Date },
): Promise<{ affiliateId: bigint } | null> {
  const [row] = await tx.$queryRaw<{ affiliateId: bigint }[]>`
    UPDATE affiliate_sign_ins SET used_at = ${now}
    WHERE shop_id = ${shopId} AND token_hash = ${keyedHash(token)} AND used_at IS NULL AND expires_at > ${now}
    RETURNING affiliate_id AS "affiliateId"`;
  return row ?? null;
}
