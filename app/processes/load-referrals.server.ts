import type { DeliverySteps } from '~/modules/messaging/index.server';
import type { OfferInMail, ReferralInMail } from '~/modules/messaging/types';
import { ensureAdvocates, findProgramme, listReferralsForMail } from '~/modules/referrals/index.server';
import type { Referral, ReferralProgramme } from '~/modules/referrals/types';
import { getShop } from '~/modules/shops/index.server';
import { referralLinkOf } from './referral-link-of.server';

/**
 * What mails about referrals show, as it is at the moment they are delivered: each thing read once for the batch. Who is
 * invited and has no link yet gets one.
 */
export const loadReferrals: DeliverySteps['loadReferrals'] = async (tx, { shopId, mails, now }) => {
  const shop = await getShop(tx, { shopId });
  const invited = mails.filter(({ templateKey }) => templateKey === 'referral_invitation');
  const programme = invited.length > 0 ? await findProgramme(tx, { shopId }) : null;
  const profileIds = programme?.enabled ? invited.map(({ profileId }) => profileId) : [];
  const codes = await ensureAdvocates(tx, { shopId, profileIds, now });
  const referralIds = mails.flatMap(({ context }) =>
    context.referralId ? [BigInt(context.referralId)] : [],
  );
  const referrals = await listReferralsForMail(tx, { shopId, referralIds });
  return new Map(
    mails.map(({ id, profileId, context }): [bigint, ReferralInMail] => {
      const code = codes.get(profileId);
      const about = context.referralId === undefined ? undefined : referrals.get(BigInt(context.referralId));
      return [
        id,
        {
          invitation:
            programme && code !== undefined
              ? {
                  link: referralLinkOf(shop, code),
                  offer: offerOf(programme),
                  points: programme.rewardPoints,
                }
              : null,
          claim: about ? claimOf(about, shop.timeZone, now) : null,
          reward: about && about.referral.rewardPoints > 0 ? { points: about.referral.rewardPoints } : null,
        },
      ];
    }),
  );
};

function offerOf({ offerKind, offerValue, minimumOrder }: ReferralProgramme): OfferInMail {
  return { kind: offerKind, value: offerValue, minimum: minimumOrder };
}

/** A code that was used, was taken back or has ended is nobody's news. */
function claimOf(
  { referral, programme }: { referral: Referral; programme: ReferralProgramme },
  timeZone: string,
  now: Date,
): ReferralInMail['claim'] {
  const { state, offerState, offerCode, offerExpiresAt } = referral;
  if (state !== 'claimed' || offerState !== 'made') return null;
  if (offerExpiresAt !== null && offerExpiresAt <= now) return null;
  const until = offerExpiresAt && dayOf(offerExpiresAt, timeZone);
  return { code: offerCode, until, offer: offerOf(programme) };
}

/** The shop's calendar day, YYYY-MM-DD, which is how Swedes write it. */
function dayOf(moment: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(moment);
}
