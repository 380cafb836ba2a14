import { catalogue } from '~/emails/words';
import type { CartInMail, MailLocale } from './types';

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
