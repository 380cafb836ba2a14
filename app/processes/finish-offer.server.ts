import { enrol } from '~/modules/flows/index.server';
import type { RewardCodes } from '~/modules/loyalty/types';
import { getReferral, recordOffer } from '~/modules/referrals/index.server';
import type { Referral } from '~/modules/referrals/types';
import { withShop, type Tx } from '~/platform/db/index.server';

interface Work {
  shopId: number;
  referralId: bigint;
  codes: RewardCodes;
  now: Date;
}

/**
 * Makes the code of a friend's offer in Shopify, whoever left it; the flow that mails it takes the friend in. Safe to repeat and to run at once. Throws `unavailable`
 * when Shopify doesn't answer.
 */
export async function finishOffer({ shopId, referralId, codes, now }: Work): Promise<Referral> {
  const { referral, programme } = await withShop(shopId, (tx) => getReferral(tx, { shopId, referralId }));
  if (referral.offerState !== 'making') return referral;
  // Somebody may have made it and died before writing that down.
  const made = referral.attempts > 0 ? await codes.find(referral.offerCode) : null;
  const outcome =
    made === null
      ? await codes.create({
          code: referral.offerCode,
          terms: {
            title: 'Referral',
            kind: programme.offerKind,
            value: programme.offerValue,
            minimumSubtotal: programme.minimumOrder,
            combinesWithOrder: false,
            combinesWithProduct: false,
            combinesWithShipping: true,
          },
          shopifyCustomerId: null, // a friend has no account yet
          startsAt: referral.claimedAt,
          endsAt: referral.offerExpiresAt,
        })
      : { discountId: made };
  return withShop(shopId, async (tx) => {
    await recordOffer(tx, { shopId, referralId, outcome });
    const { referral: after } = await getReferral(tx, { shopId, referralId });
    if (after.offerState === 'made') await mailCode(tx, { shopId, referral: after, now });
    return after;
  });
}

async function mailCode(
  tx: Tx,
  { shopId, referral, now }: { shopId: number; referral: Referral; now: Date },
): Promise<void> {
  const referralId = String(referral.id);
  const entry = { profileId: referral.friendId, runKey: referralId, context: { referralId } };
  await enrol(tx, { shopId, trigger: 'referral_claimed', entries: [entry], now });
}
