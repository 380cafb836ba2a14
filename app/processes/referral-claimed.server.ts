import { subscribe } from '~/modules/consent/index.server';
import { recomputeTraits, recordTimeline, resolveProfiles } from '~/modules/customers/index.server';
import type { RewardCodes } from '~/modules/loyalty/types';
import {
  findAdvocate,
  getReferral,
  listSiblings,
  recordClaim,
  recordVisit,
  requestOffer,
} from '~/modules/referrals/index.server';
import type { Referral } from '~/modules/referrals/types';
import { withShop, type Tx } from '~/platform/db/index.server';
import { AppError, notFound } from '~/platform/errors';
import { finishOffer } from './finish-offer.server';
import { mailOffer } from './mail-offer.server';
import { rewardCodesOf } from './reward-codes-of.server';
import { settlePeople } from './settle-people.server';
import { settleReferrals } from './settle-referrals.server';

export interface ReferralClaimed {
  shopId: number;
  code: string; // of the link
  email: string;
  /** The words beside the box they ticked; null when they did not tick it. */
  consentWording: string | null;
  ip: string | null;
  userAgent: string | null;
  now: Date;
  codes?: RewardCodes;
}

/**
 * A friend claims the offer behind a link: their claim, what speaks against it, their consent with its evidence, and their
 * code: the next one of the pool, or one that is made in Shopify now. A mailbox claims once; claiming again answers the same, or another code where
 * the merchant ended theirs in Shopify. Throws `not_found` for a link of nobody, and
 * `conflict` with a sentence while the programme is off and for people who were erased. When something exact speaks against
 * it, the referral comes back `blocked`, without a code. Shopify silent: its `offerState` is `making`, the code follows.
 */
export async function referralClaimed(input: ReferralClaimed): Promise<Referral> {
  const { shopId, now, codes } = input;
  const referral = await withShop(shopId, (tx) => claim(tx, input));
  const { offerState, state } = referral;
  const isReplaced = offerState === 'ending' && state === 'claimed';
  if (offerState !== 'making' && !isReplaced) return referral;
  const place = codes ?? (await rewardCodesOf(shopId));
  return finishUnlessSilent({ shopId, referral, codes: place, now });
}

async function claim(tx: Tx, input: ReferralClaimed): Promise<Referral> {
  const { shopId, email, now } = input;
  const advocate = await findAdvocate(tx, input);
  if (!advocate) throw notFound('link');
  const address = email.trim().toLowerCase();
  const person = { shopifyCustomerId: null, email: address, phone: null, seenAt: now };
  const [friendId] = await resolveProfiles(tx, { shopId, people: [person], now });
  const settled = await settlePeople(tx, { shopId, now });
  if (friendId == null) throw erased();
  const { advocateId, code } = advocate;
  const { ip, userAgent } = input;
  const { referral, isNew } = await recordClaim(tx, {
    shopId,
    advocateId,
    code,
    friendId,
    email: address,
    ip,
    userAgent,
    now,
  });
  if (isNew) await recordVisit(tx, { shopId, code, ip, userAgent, now });
  const siblings = isNew ? await listSiblings(tx, { shopId, referralId: referral.id }) : [];
  const changed = await settleReferrals(tx, { shopId, referralIds: [referral.id, ...siblings], now });
  const { made } = await requestOffer(tx, { shopId, referralId: referral.id, now });
  if (input.consentWording !== null)
    await consent(tx, input, { profileId: friendId, referralId: referral.id });
  if (isNew)
    await recordTimeline(tx, {
      shopId,
      events: [{ profileId: friendId, kind: 'referral_claimed', key: String(referral.id), occurredAt: now }],
    });
  await recomputeTraits(tx, {
    shopId,
    profileIds: [friendId, ...settled.profileIds, ...changed.profileIds],
    now,
  });
  const { referral: current } = await getReferral(tx, { shopId, referralId: referral.id });
  if (made) await mailOffer(tx, { shopId, referral: current, now });
  return current;
}

/** Only what they ticked, once per claim, with the words they saw. */
async function consent(
  tx: Tx,
  { shopId, consentWording, now }: ReferralClaimed,
  { profileId, referralId }: { profileId: bigint; referralId: bigint },
): Promise<void> {
  const key = `referral:${referralId}`;
  const evidence = { wording: consentWording, referralId: String(referralId) };
  const { changed } = await subscribe(tx, {
    shopId,
    profileId,
    source: 'referral_page',
    key,
    evidence,
    now,
  });
  if (!changed) return;
  const data = { state: 'subscribed', source: 'referral_page' };
  await recordTimeline(tx, {
    shopId,
    events: [{ profileId, kind: 'consent_changed', key, occurredAt: now, data }],
  });
}

async function finishUnlessSilent(input: {
  shopId: number;
  referral: Referral;
  codes: RewardCodes;
  now: Date;
}): Promise<Referral> {
  const { referral, ...rest } = input;
  try {
    const finished = await finishOffer({ ...rest, referralId: referral.id });
    const isEnded = referral.offerState === 'ending' && finished.offerState === 'making';
    return isEnded ? await finishOffer({ ...rest, referralId: referral.id }) : finished;
  } catch (error) {
    if (error instanceof AppError && error.code === 'unavailable') return referral;
    throw error;
  }
}

function erased(): AppError {
  return new AppError('conflict', {
    message: 'referral: the friend was erased',
    userMessage: 'This offer can’t be used with this address.',
  });
}
