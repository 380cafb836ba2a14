import type { Tx } from '~/platform/db/index.server';
import { readPool, type OfferPool } from './pool-row.server';

const firstPauseMs = 10_000;
const longestPauseMs = 60 * 60_000;

/**
 * The pools of a shop with something to do in Shopify; each is put off, so that a process that dies with them leaves them
 * to a later one. The pauses grow as long as nothing is got done.
 */
export async function claimPoolWork(
  tx: Tx,
  { shopId, now, limit = 5 }: { shopId: number; now: Date; limit?: number },
): Promise<OfferPool[]> {
  const rows = await tx.$queryRaw<{ id: bigint }[]>`
    UPDATE referral_pools p SET attempts = p.attempts + 1,
      next_attempt_at = ${now}::timestamptz + make_interval(secs => LEAST(${longestPauseMs}::float8, ${firstPauseMs}::float8 * 2 ^ LEAST(p.attempts, 12)) / 1000)
    WHERE p.shop_id = ${shopId} AND p.id = ANY (ARRAY (
      SELECT id FROM referral_pools WHERE shop_id = ${shopId} AND next_attempt_at <= ${now}
      ORDER BY next_attempt_at LIMIT ${limit} FOR NO KEY UPDATE SKIP LOCKED))
    RETURNING p.id`;
  const ids = rows.map(({ id }) => id);
  const pools = await tx.referralPool.findMany({
    where: { shopId, id: { in: ids } },
    orderBy: { id: 'asc' },
  });
  return pools.map(readPool);
}
