import type { Tx } from '~/platform/db/index.server';

export type OfferOutcome = { discountId: bigint } | { refused: string };

/** What came of making a friend's code in Shopify. Idempotent: one that is made stays made. */
export async function recordOffer(
  tx: Tx,
  input: { shopId: number; referralId: bigint; outcome: OfferOutcome },
): Promise<void> {
  const { shopId, referralId, outcome } = input;
  const data =
    'refused' in outcome
      ? { offerState: 'refused', offerError: outcome.refused, nextAttemptAt: null }
      : { offerState: 'made', offerError: null, discountId: outcome.discountId, nextAttemptAt: null };
  await tx.referral.updateMany({ where: { shopId, id: referralId, offerState: 'making' }, data });
}
