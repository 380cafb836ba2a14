import type { Tx } from '~/platform/db/index.server';
import { getReferral } from './get-referral.server';
import { takePooledCode } from './pools/take-pooled-code.server';

/** How long whoever asked may take to make the code, before the sweep does it. */
const firstSweepMs = 60_000;

/**
 * Gives a friend the next free code of the pool, or notes that they are to get one of their own, unless something exact
 * speaks against the referral. Idempotent. Says whether they have one now.
 */
export async function requestOffer(
  tx: Tx,
  { shopId, referralId, now }: { shopId: number; referralId: bigint; now: Date },
): Promise<{ made: boolean }> {
  const waiting = await tx.$queryRaw<unknown[]>`
    SELECT id FROM referrals WHERE shop_id = ${shopId} AND id = ${referralId} AND offer_state = 'none'
      AND state NOT IN ('blocked', 'rejected') FOR NO KEY UPDATE`;
  if (waiting.length === 0) return { made: false };
  const { referral, programme } = await getReferral(tx, { shopId, referralId });
  const pooled = await takePooledCode(tx, { shopId, programme, now });
  const where = { shopId, id: referralId };
  if (pooled === null) {
    const nextAttemptAt = new Date(now.getTime() + firstSweepMs);
    await tx.referral.updateMany({ where, data: { offerState: 'making', nextAttemptAt } });
    return { made: false };
  }
  const { code: offerCode, poolId, redeemId } = pooled;
  // Shopify does not know when it ends: the sweep takes it out of the pool then.
  const nextAttemptAt = referral.offerExpiresAt;
  const data = { offerState: 'made', offerCode, poolId, redeemId, nextAttemptAt };
  await tx.referral.updateMany({ where, data });
  return { made: true };
}
