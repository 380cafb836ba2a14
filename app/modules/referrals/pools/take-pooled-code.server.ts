import type { Tx } from '~/platform/db/index.server';
import { findProgramme } from '../find-programme.server';
import type { ReferralProgramme } from '../programme';
import { ensurePool } from './ensure-pool.server';
import { outlasts, poolKey, stock } from './pool-terms';

export interface PooledCode {
  code: string;
  poolId: bigint;
  redeemId: bigint;
}

/**
 * The next free code of these terms, which nobody else ever gets; null when there is none, and then more are asked
 * for, or when the merchant made their discount start later or end earlier in Shopify. Who
 * takes one waits for nobody. It is back when the transaction fails.
 */
export async function takePooledCode(
  tx: Tx,
  { shopId, programme, now }: { shopId: number; programme: ReferralProgramme; now: Date },
): Promise<PooledCode | null> {
  const pool = await tx.referralPool.findFirst({
    where: {
      shopId,
      termsKey: poolKey(programme),
      state: { in: ['making', 'open'] },
      OR: [{ closesAt: null }, { closesAt: { gt: now } }],
    },
    select: { id: true, startsAt: true, endsAt: true },
  });
  if (!pool) {
    const current = await findProgramme(tx, { shopId }); // a late claim may be of an older one
    if (current) await ensurePool(tx, { shopId, programme: current, now });
    return null;
  }
  if (pool.startsAt !== null && pool.startsAt > now) return null;
  if (!outlasts(pool.endsAt, programme, now)) return null;
  const taken = await tx.$queryRaw<{ code: string; redeem_id: bigint }[]>`
    DELETE FROM referral_pool_codes WHERE shop_id = ${shopId} AND code = ANY (ARRAY (
      SELECT code FROM referral_pool_codes
      WHERE shop_id = ${shopId} AND pool_id = ${pool.id} AND redeem_id IS NOT NULL
      ORDER BY redeem_id LIMIT 1 FOR UPDATE SKIP LOCKED))
    RETURNING code, redeem_id`;
  await askForMore(tx, shopId, pool.id, now);
  const [first] = taken;
  return first ? { code: first.code, poolId: pool.id, redeemId: first.redeem_id } : null;
}

/** A pool that is at work, or that Shopify refuses something, has its time already (`attempts`). */
async function askForMore(tx: Tx, shopId: number, poolId: bigint, now: Date): Promise<void> {
  await tx.$executeRaw`
    UPDATE referral_pools SET next_attempt_at = ${now}
    WHERE shop_id = ${shopId} AND id = ${poolId} AND attempts = 0
      AND (next_attempt_at IS NULL OR next_attempt_at > ${now})
      AND ${stock.low} > (SELECT count(*) FROM referral_pool_codes WHERE shop_id = ${shopId} AND pool_id = ${poolId})`;
}
