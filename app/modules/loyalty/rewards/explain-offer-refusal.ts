import { findSentence, type Sentences } from './discount-errors';

const ourFault = 'Shopify does not accept the friends’ offer as we ask for it. Tell our support.';
const incomplete =
  'Shopify misses something in the friends’ offer. Check the referral settings and save them again.';

/** About what friends are offered. */
const sentences: Sentences = {
  tooMany: 'The shop has as many discounts as Shopify allows. Delete some that ended.',
  ourFault,
  incomplete,
  contradiction:
    'Shopify says that the friends’ offer contradicts itself. Change its value or its minimum order.',
  taken: 'Shopify has this discount code already. Another one is made.',
  noDays: 'The friend’s code would have ended before it began. Give friends more days.',
  badValue: 'Shopify does not accept what friends are offered. Change the amount or the percentage.',
  twice: ourFault,
  trouble: 'Shopify has trouble right now. It is tried again by itself.',
  unknown: incomplete,
  notCombinable:
    'Shopify does not let the friends’ discount combine with others as we ask for it. Tell our support.',
  longName: ourFault,
  shortName: ourFault,
};

/** Why Shopify makes no code for a friend, for the merchant: what to do about it, or Shopify's own words. */
export function explainOfferRefusal(refusals: { message: string; code?: string | null }[]): string {
  const words = refusals.map(({ message }) => message).join('; ');
  return findSentence(refusals, sentences) ?? `Shopify did not accept the friends’ offer: ${words}`;
}
