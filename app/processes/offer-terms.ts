import type { RewardCodes } from '~/modules/loyalty/types';
import type { ReferralProgramme } from '~/modules/referrals/types';

/** What a friend's code gives, as Shopify is to make it: for anybody, because a friend has no account yet. */
export function offerTerms(
  programme: ReferralProgramme,
  title: string,
): Omit<OfferCode, 'code' | 'startsAt' | 'endsAt'> {
  return {
    terms: {
      title,
      kind: programme.offerKind,
      value: programme.offerValue,
      minimumSubtotal: programme.minimumOrder,
      combinesWithOrder: false,
      combinesWithProduct: false,
      combinesWithShipping: true,
    },
    shopifyCustomerId: null,
    purpose: 'referral',
  };
}

type OfferCode = Parameters<RewardCodes['create']>[0];
