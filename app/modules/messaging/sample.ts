import { catalogue } from '~/emails/words';
import type { CartInMail, LoyaltyInMail, MailLocale, ReferralInMail } from './types';

/** A made-up customer for previews and test mails. */
export function sampleCustomer(locale: MailLocale): { firstName: string; points: number } {
  return { firstName: catalogue(locale).common.sampleFirstName, points: 1_250 };
}

/** Where the link of a sign-in mail leads that is only a sample. */
export const sampleSignIn = 'https://partners.example/';

/** A made-up cart in the shop's currency. It has no pictures: those would have to be somebody's. */
export function sampleCart(locale: MailLocale, storefront: string): CartInMail {
  const { sampleProducts, sampleVariants } = catalogue(locale).common;
  const prices = ['59.00', '24.90', '32.00'];
  return {
    state: 'abandoned',
    locale,
    lines: sampleProducts.map((title, index) => ({
      title,
      variantTitle: sampleVariants[index] ?? null,
      quantity: index === 1 ? 2 : 1,
      price: prices[index] ?? '10.00',
      imageUrl: null,
    })),
    presentmentTotal: '140.80',
    presentmentCurrency: null,
    recoveryUrl: storefront,
  };
}

/** Made-up points that expire, a tier, and what points could buy. */
export function sampleLoyalty(locale: MailLocale): LoyaltyInMail {
  const { sampleRewards, sampleTier } = catalogue(locale).common;
  return {
    expiring: { points: 450, worth: '4.50', lastDay: '2030-06-30' },
    tier: { name: sampleTier, multiplier: 1.5, points: 100, until: '2030-06-30' },
    rewards: sampleRewards.map((title, index) => ({ title, points: index === 0 ? 1_000 : 500 })),
  };
}

/** A made-up link, a friend's code and a reward. */
export function sampleReferral(storefront: string): ReferralInMail {
  const offer = { kind: 'amount_off' as const, value: '10', minimum: '30' };
  return {
    invitation: { link: `${storefront}/apps/perennial/r/K7MXQ2PA`, offer, points: 500 },
    claim: { code: 'F-7KMQ-X2PA-9RTB', until: '2030-06-30', offer },
    reward: { points: 500 },
  };
}
