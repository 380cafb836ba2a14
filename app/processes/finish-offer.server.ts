import type { RewardCodes } from '~/modules/loyalty/types';
import {
  applyDeletedOffers,
  applyToldOffer,
  getPool,
  getReferral,
  recordOffer,
} from '~/modules/referrals/index.server';
import type { Referral, ReferralProgramme } from '~/modules/referrals/types';
import { withShop } from '~/platform/db/index.server';
import { AppError } from '~/platform/errors';
import { mailOffer } from './mail-offer.server';
import { offerTerms } from './offer-terms';

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
 * in), or ends it when the referral was blocked or rejected, or when the days of a code out of a pool are over; looks at one the
 * merchant changed. Safe to repeat and to run at once. Throws `unavailable` when
 * Shopify doesn't answer.
 */
export async function finishOffer(work: Work): Promise<Referral> {
  const { shopId, referralId } = work;
  const { referral, programme } = await withShop(shopId, (tx) => getReferral(tx, { shopId, referralId }));
  if (referral.offerState === 'making') return makeCode(work, referral, programme);
  const pooled = pooledOf(referral);
  if (pooled !== null) return takeOut(work, referral, pooled);
  if (referral.offerState === 'ending') return endCode(work, referral);
  if (referral.offerState === 'made') return inspect(work, referral);
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
    if (current.offerState === 'made') await mailOffer(tx, { shopId, referral: current, now });
    return { ...told, after: current };
  });
  // It was blocked in the meantime: what was just made must not work.
  const isTheirs = after.offerState === 'made' && after.offerCode === code;
  if (!recorded && !isTheirs && 'discountId' in outcome) await codes.disable(outcome.discountId);
  return after;
}

function codeOf(referral: Referral, programme: ReferralProgramme): Parameters<RewardCodes['create']>[0] {
  return {
    ...offerTerms(programme, 'Referral'),
    code: referral.offerCode,
    startsAt: referral.claimedAt,
    endsAt: referral.offerExpiresAt,
  };
}

/** What the merchant did to the friend's own discount in Shopify. */
async function inspect(work: Work, referral: Referral): Promise<Referral> {
  const { shopId, referralId, codes, now } = work;
  const { discountId, offerExpiresAt } = referral;
  if (discountId === null) return referral;
  const told = (await codes.inspect([discountId])).get(discountId);
  return withShop(shopId, async (tx) => {
    if (told?.state === 'gone') await applyDeletedOffers(tx, { shopId, discountIds: [discountId], now });
    else {
      const isKnown = told !== undefined && told.state !== 'unclear';
      const startsAt = isKnown ? told.startsAt : referral.offerStartsAt;
      const endsAt = isKnown ? told.endsAt : offerExpiresAt;
      await applyToldOffer(tx, { shopId, referral, startsAt, endsAt });
    }
    return (await getReferral(tx, { shopId, referralId })).referral;
  });
}

async function endCode(work: Work, referral: Referral): Promise<Referral> {
  const { shopId, referralId, codes, now } = work;
  const code = referral.offerCode;
  const discountId = referral.discountId ?? (await codes.find(code));
  if (discountId === null && referral.attempts < looks) return referral;
  const outcome = discountId === null ? 'ended' : await endDiscount(work, referral, discountId);
  return withShop(shopId, async (tx) => {
    await recordOffer(tx, { shopId, referralId, code, outcome, now });
    return (await getReferral(tx, { shopId, referralId })).referral;
  });
}

/** Who is to get another must not have two when the merchant switches the first on again: it is deleted. */
async function endDiscount(
  { codes }: Work,
  { state }: Referral,
  discountId: bigint,
): Promise<'ended' | 'used' | { notEnded: string }> {
  return unlessRefused(async () => {
    const { used } = await codes.disable(discountId);
    if (state !== 'claimed') return 'ended';
    if (used) return 'used';
    await codes.remove(discountId);
    return 'ended';
  });
}

interface Pooled {
  poolId: bigint;
  redeemId: bigint;
}

function pooledOf({ poolId, redeemId }: Referral): Pooled | null {
  return poolId === null || redeemId === null ? null : { poolId, redeemId };
}

/** A code out of a pool: the discount goes on for the others. */
async function takeOut(work: Work, referral: Referral, { poolId, redeemId }: Pooled): Promise<Referral> {
  const { shopId, referralId, codes, now } = work;
  const { offerState: from, offerExpiresAt, offerCode: code } = referral;
  const isOver = from === 'made' && offerExpiresAt !== null && offerExpiresAt <= now;
  if (from !== 'ending' && !isOver) return referral;
  const { pool } = await withShop(shopId, (tx) => getPool(tx, { shopId, poolId }));
  const { discountId } = pool;
  const answer = await unlessRefused(async () => {
    if (discountId !== null && pool.state !== 'closed') await codes.removeCode(discountId, redeemId);
    return 'ended';
  });
  const outcome = answer === 'ended' && isOver ? ('expired' as const) : answer;
  return withShop(shopId, async (tx) => {
    await recordOffer(tx, { shopId, referralId, code, outcome, now });
    return (await getReferral(tx, { shopId, referralId })).referral;
  });
}

/** What Shopify says against it is kept for the merchant, and it is tried again. */
async function unlessRefused(
  end: () => Promise<'ended' | 'used'>,
): Promise<'ended' | 'used' | { notEnded: string }> {
  try {
    return await end();
  } catch (error) {
    if (error instanceof AppError && error.code !== 'unavailable') return { notEnded: error.userMessage };
    throw error;
  }
}
