import { enrol } from '~/modules/flows/index.server';
import type { RewardCodes } from '~/modules/loyalty/types';
import { getReferral, recordOffer } from '~/modules/referrals/index.server';
import type { Referral, ReferralProgramme } from '~/modules/referrals/types';
import { withShop, type Tx } from '~/platform/db/index.server';
import { AppError } from '~/platform/errors';

interface Work {
  shopId: number;
  referralId: bigint;
  codes: RewardCodes;
  now: Date;
}

/** A code nobody finds may still be on its way, by somebody who has not heard of the block: so often it is looked for. */
const looks = 3;

/**
 * Does what is left to do for a friend's code in Shopify, whoever left it: makes it (the flow that mails it takes the friend
 * in), or ends it when the referral was blocked or rejected. Safe to repeat and to run at once. Throws `unavailable` when
 * Shopify doesn't answer.
 */
export async function finishOffer(work: Work): Promise<Referral> {
  const { shopId, referralId } = work;
  const { referral, programme } = await withShop(shopId, (tx) => getReferral(tx, { shopId, referralId }));
  if (referral.offerState === 'making') return makeCode(work, referral, programme);
  if (referral.offerState === 'ending') return endCode(work, referral);
  return referral;
}

async function makeCode(work: Work, referral: Referral, programme: ReferralProgramme): Promise<Referral> {
  const { shopId, referralId, codes, now } = work;
  const code = referral.offerCode;
  // Somebody may have made it and died before writing that down.
  const made = referral.attempts > 0 ? await codes.find(code) : null;
  const outcome = made === null ? await codes.create(codeOf(referral, programme)) : { discountId: made };
  const { recorded, after } = await withShop(shopId, async (tx) => {
    const told = await recordOffer(tx, { shopId, referralId, code, outcome, now });
    const { referral: current } = await getReferral(tx, { shopId, referralId });
    if (current.offerState === 'made') await mailCode(tx, { shopId, referral: current, now });
    return { ...told, after: current };
  });
  // It was blocked in the meantime: what was just made must not work.
  const isTheirs = after.offerState === 'made' && after.offerCode === code;
  if (!recorded && !isTheirs && 'discountId' in outcome) await codes.disable(outcome.discountId);
  return after;
}

function codeOf(referral: Referral, programme: ReferralProgramme): Parameters<RewardCodes['create']>[0] {
  return {
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
  };
}

async function endCode(work: Work, referral: Referral): Promise<Referral> {
  const { shopId, referralId, codes, now } = work;
  const code = referral.offerCode;
  const discountId = referral.discountId ?? (await codes.find(code));
  if (discountId === null && referral.attempts < looks) return referral;
  const outcome = discountId === null ? ('ended' as const) : await disable(codes, discountId);
  return withShop(shopId, async (tx) => {
    await recordOffer(tx, { shopId, referralId, code, outcome, now });
    return (await getReferral(tx, { shopId, referralId })).referral;
  });
}

/** What Shopify says against it is kept for the merchant, and it is tried again. */
async function disable(codes: RewardCodes, discountId: bigint): Promise<'ended' | { notEnded: string }> {
  try {
    await codes.disable(discountId);
    return 'ended';
  } catch (error) {
    if (error instanceof AppError && error.code !== 'unavailable') return { notEnded: error.userMessage };
    throw error;
  }
}

/** Once per code: who gets another one is told that one. */
async function mailCode(
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
