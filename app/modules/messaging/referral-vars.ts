import { formatCount, formatDay, formatOffer, type ChosenLocale } from './locale';
import { formatMoney } from '~/platform/money';
import type { OfferInMail, ReferralInMail, TemplateKey, WithheldReason } from './types';

/** What mails about referrals may fill in; what a mail is not about is null. */
export interface ReferralVars {
  offer: string | null;
  minimum: string | null;
  points: string | null;
  code: string | null;
  until: string | null;
}

interface Input {
  templateKey: TemplateKey;
  locale: ChosenLocale;
  shop: { currency: string };
  referral?: ReferralInMail | null;
}

type Planned = (ReferralVars & { link: string | null }) | { withhold: WithheldReason };

const nothing = { offer: null, minimum: null, points: null, code: null, until: null, link: null };

/** Whether a mail is about recommending the shop. */
export function isAboutReferral(templateKey: TemplateKey): boolean {
  return templateKey.startsWith('referral_');
}

/** What a mail about referrals says, or why there is nothing to say any more. Pure. */
export function planReferralVars(input: Input): Planned {
  const { templateKey, referral, locale } = input;
  if (!referral) return { withhold: 'missing_value: referral' };
  const { invitation, claim, reward } = referral;
  switch (templateKey) {
    case 'referral_welcome': {
      if (!claim) return { withhold: 'offer_gone' };
      const until = claim.until === null ? null : formatDay(claim.until, locale.format);
      return { ...nothing, ...offerVars(claim.offer, input), code: claim.code, until };
    }
    case 'referral_reward':
      return reward
        ? { ...nothing, points: formatCount(reward.points, locale.format) }
        : { withhold: 'referral_undone' };
    default: {
      if (!invitation) return { withhold: 'programme_off' };
      const { offer, link, points } = invitation;
      return { ...nothing, ...offerVars(offer, input), link, points: formatCount(points, locale.format) };
    }
  }
}

function offerVars(offer: OfferInMail, { locale, shop }: Input): Pick<ReferralVars, 'offer' | 'minimum'> {
  const { minimum } = offer;
  return {
    offer: formatOffer(offer, { currency: shop.currency, locale: locale.format }),
    minimum: minimum === null ? null : formatMoney(minimum, shop.currency, locale.format),
  };
}
