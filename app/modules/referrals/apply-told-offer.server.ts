import type { Tx } from '~/platform/db/index.server';
import type { Referral } from './types';

/**
 * The discount of a friend's own code starts and ends when Shopify says; null: at once, and never. Idempotent; an answer that was overtaken, by other
 * news or by another code, does nothing.
 */
export async function applyToldOffer(
  tx: Tx,
  input: {
    shopId: number;
    referral: Pick<Referral, 'id' | 'offerCode' | 'nextAttemptAt'>; // as it was before Shopify was asked
    startsAt: Date | null;
    endsAt: Date | null;
  },
): Promise<void> {
  const { shopId, referral, startsAt, endsAt } = input;
  const { id, offerCode, nextAttemptAt } = referral;
  await tx.referral.updateMany({
    where: { shopId, id, offerCode, nextAttemptAt, offerState: 'made' },
    data: { offerStartsAt: startsAt, offerExpiresAt: endsAt, nextAttemptAt: null, attempts: 0 },
  });
}
