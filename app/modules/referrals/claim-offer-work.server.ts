import type { Tx } from '~/platform/db/index.server';

const firstPauseMs = 30_000;
const longestPauseMs = 60 * 60_000;

/**
 * The referrals of a shop with something to do for a code in Shopify: to make it, to end it, to take it out of its pool when its days are over, oldest first; each is put off, so that a process that
 * dies with them leaves them to a later one. The pauses grow.
 */
export async function claimOfferWork(
  tx: Tx,
  { shopId, now, limit = 50 }: { shopId: number; now: Date; limit?: number },
): Promise<bigint[]> {
  const rows = await tx.$queryRaw<{ id: bigint }[]>`
    UPDATE referrals r SET attempts = r.attempts + 1,
      next_attempt_at = ${now}::timestamptz + make_interval(secs => LEAST(${longestPauseMs}::float8, ${firstPauseMs}::float8 * 2 ^ LEAST(r.attempts, 12)) / 1000)
    WHERE r.shop_id = ${shopId} AND r.id = ANY (ARRAY (
      SELECT id FROM referrals WHERE shop_id = ${shopId} AND next_attempt_at <= ${now}
      ORDER BY next_attempt_at LIMIT ${limit} FOR NO KEY UPDATE SKIP LOCKED))
    RETURNING r.id`;
  return rows.map(({ id }) => id).sort((a, b) => (a < b ? -1 : 1));
}
