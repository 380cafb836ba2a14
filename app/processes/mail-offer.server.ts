import { enrol } from '~/modules/flows/index.server';
import type { Referral } from '~/modules/referrals/types';
import type { Tx } from '~/platform/db/index.server';

/** The flow that mails a friend their code takes them in. Once per code: who gets another one is told that one. */
export async function mailOffer(
  tx: Tx,
  { shopId, referral, now }: { shopId: number; referral: Referral; now: Date },
): Promise<void> {
  const entry = {
    profileId: referral.friendId,
    runKey: referral.offerCode,
    context: { referralId: String(referral.id) },
  };
  await enrol(tx, { shopId, trigger: 'referral_claimed', entries: [entry], now });
}
