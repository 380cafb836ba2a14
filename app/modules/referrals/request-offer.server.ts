import type { Tx } from '~/platform/db/index.server';
import { getReferral } from './get-referral.server';
import { newOfferCode } from './new-code.server';
import { offerEnd } from './offer-end';
import { planRequest } from './offer-plan';
import { takePooledCode } from './pools/take-pooled-code.server';

/** How long whoever asked may take to make the code, before the sweep does it. */
const firstSweepMs = 60_000;

/**
 * Gives a friend the next free code of the pool, or notes that they are to get one of their own, unless something exact
 * speaks against the referral. Who comes back and whose code the merchant ended in Shopify is to get another as soon as theirs is
 * ended for good (`ending`), and so is who was refused one. Idempotent. Says whether they have one now.
 */
export async function requestOffer(
  tx: Tx,
  { shopId, referralId, now }: { shopId: number; referralId: bigint; now: Date },
): Promise<{ made: boolean }> {
  await tx.$queryRaw`SELECT id FROM referrals WHERE shop_id = ${shopId} AND id = ${referralId} FOR NO KEY UPDATE`;
  const { referral, programme } = await getReferral(tx, { shopId, referralId });
  const step = planRequest(referral, programme, now);
  if (step === null) return { made: false };
  const pooled = step === 'give' ? await takePooledCode(tx, { shopId, programme, now }) : null;
  const where = { shopId, id: referralId };
  if (pooled === null) {
    const another = {
      offerCode: newOfferCode(),
      offerExpiresAt: offerEnd(programme, now),
      offerStartsAt: null,
      offerError: null,
      discountId: null,
    };
    const data = {
      offerState: step === 'replace' ? 'ending' : 'making',
      attempts: 0,
      nextAttemptAt: new Date(now.getTime() + firstSweepMs),
      ...(step === 'again' && another),
    };
    await tx.referral.updateMany({ where, data });
    return { made: false };
  }
  const { code: offerCode, poolId, redeemId } = pooled;
  // Shopify does not know when it ends: the sweep takes it out of the pool then.
  const nextAttemptAt = referral.offerExpiresAt;
  const data = { offerState: 'made', offerCode, poolId, redeemId, nextAttemptAt };
  await tx.referral.updateMany({ where, data });
  return { made: true };
}
