import type { Tx } from '~/platform/db/index.server';
import { getReferral } from './get-referral.server';
import { newOfferCode } from './new-code.server';
import { offerEnd } from './offer-end';

export type OfferOutcome =
  | { discountId: bigint }
  | { refused: string }
  | 'ended'
  | 'used'
  | 'expired'
  | { notEnded: string; of?: 'made' };

/**
 * What came of making a friend's code in Shopify, or of ending it. Idempotent: each is taken down only where it was asked
 * for, so an answer that comes after the referral was blocked makes no code of it. Somebody who was let through after all
 * while their code was being ended, or who came back, gets another; `used`: they have had it. Returns whether it was taken down.
 */
export async function recordOffer(
  tx: Tx,
  input: { shopId: number; referralId: bigint; code: string; outcome: OfferOutcome; now: Date },
): Promise<{ recorded: boolean }> {
  const { shopId, referralId, code, outcome, now } = input;
  const of = { shopId, id: referralId, offerCode: code };
  if (outcome === 'ended') {
    const data = { offerError: null, discountId: null, poolId: null, redeemId: null };
    const { programme } = await getReferral(tx, { shopId, referralId });
    const again = {
      offerState: 'making',
      offerCode: newOfferCode(),
      offerStartsAt: null,
      offerExpiresAt: offerEnd(programme, now), // all of its days, however long the first one had been there
      attempts: 0,
      nextAttemptAt: now,
    };
    const renewed = await tx.referral.updateMany({
      where: { ...of, offerState: 'ending', state: 'claimed' },
      data: { ...data, ...again },
    });
    const ended = await tx.referral.updateMany({
      where: { ...of, offerState: 'ending' },
      data: { ...data, offerState: 'ended', nextAttemptAt: null },
    });
    return { recorded: renewed.count + ended.count > 0 };
  }
  const { from, ...data } = changeOf(outcome);
  const { count } = await tx.referral.updateMany({ where: { ...of, offerState: from }, data });
  return { recorded: count > 0 };
}

function changeOf(outcome: Exclude<OfferOutcome, 'ended'>) {
  if (outcome === 'expired')
    return { from: 'made', offerState: 'expired', offerError: null, nextAttemptAt: null };
  if (outcome === 'used')
    return { from: 'ending', offerState: 'made', offerError: null, nextAttemptAt: null };
  // Stays to be ended: its next attempt is set already.
  if ('notEnded' in outcome) return { from: outcome.of ?? 'ending', offerError: outcome.notEnded };
  if ('refused' in outcome)
    return { from: 'making', offerState: 'refused', offerError: outcome.refused, nextAttemptAt: null };
  const { discountId } = outcome;
  return { from: 'making', offerState: 'made', offerError: null, discountId, nextAttemptAt: null };
}
