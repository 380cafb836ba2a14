import { findSentence, type Sentences } from './discount-errors';

interface Refusal {
  field?: string[] | null;
  message: string;
  code?: string | null;
}

const noSuchCustomer = 'This customer does not exist in Shopify any more.';
const incomplete = 'Shopify misses something in this reward. Open it, check every field and save it again.';
const ourFault = 'Shopify does not accept this reward as we ask for it. Tell our support; nothing was spent.';

/** About a reward. */
const discountSentences: Sentences = {
  tooMany: 'The shop has as many discounts as Shopify allows. Delete some that ended.',
  ourFault,
  incomplete,
  contradiction:
    'Shopify says that settings of this reward contradict each other. Change its minimum order or product.',
  taken: 'Shopify has this discount code already. Please redeem the reward again.',
  noDays: 'The code would have ended before it began. Give the reward more days.',
  badValue: 'Shopify does not accept the value of this reward. Change it.',
  twice: 'The product of this reward is chosen twice. Choose it again.',
  trouble: 'Shopify has trouble right now. Please try again in a minute.',
  unknown: 'Shopify does not know something in this reward any more. Choose its product again.',
  notCombinable:
    'Shopify does not let this kind of discount combine as the reward says. Change what it combines with.',
  longName: 'The name of this reward is too long for Shopify. Shorten it.',
  shortName: 'The name of this reward is too short for Shopify. Lengthen it.',
};

/** `GiftCardErrorCode`, whole. */
const giftCardSentences: Record<string, string> = {
  CUSTOMER_NOT_FOUND: noSuchCustomer,
  GIFT_CARD_LIMIT_EXCEEDED: 'The gift card is worth more than Shopify allows in this shop. Lower its value.',
  GREATER_THAN: 'A gift card has to be worth more than nothing. Raise its value.',
  INTERNAL_ERROR: 'Shopify has trouble right now. Please try again in a minute.',
  INVALID: 'Shopify does not accept the value or the days of this gift card. Change them.',
  MISSING_ARGUMENT: incomplete,
  RECIPIENT_NOT_FOUND: noSuchCustomer,
  TAKEN: 'Shopify has a gift card with this code already. Please redeem the reward again.',
  TOO_LONG: ourFault,
  TOO_SHORT: ourFault,
};

/** `StoreCreditAccountCreditUserErrorCode`, whole. */
const storeCreditSentences: Record<string, string> = {
  ACCOUNT_NOT_FOUND: noSuchCustomer,
  CREDIT_LIMIT_EXCEEDED: 'The customer would hold more store credit than Shopify allows. Lower the value.',
  EXPIRES_AT_IN_PAST: 'The store credit would have ended already. Give the reward more days.',
  MISMATCHING_CURRENCY: 'The customer’s store credit is in another currency than the shop’s.',
  NEGATIVE_OR_ZERO_AMOUNT: 'Store credit has to be worth more than nothing. Raise its value.',
  OWNER_NOT_FOUND: noSuchCustomer,
  UNSUPPORTED_CURRENCY:
    'Shopify has no store credit in the currency of this shop. Offer a gift card instead.',
};

/** Why Shopify makes no code, for the merchant: what to do about it, or Shopify's own words. */
export function explainRefusal(refusals: Refusal[]): string {
  if (refusals[0]?.field?.includes('customers')) return noSuchCustomer;
  return findSentence(refusals, discountSentences) ?? inWords(refusals);
}

/** Why Shopify makes no gift card. */
export function explainGiftCard(refusals: Refusal[]): string {
  return explain(refusals, giftCardSentences);
}

/** Why Shopify pays no store credit. */
export function explainStoreCredit(refusals: Refusal[]): string {
  return explain(refusals, storeCreditSentences);
}

function explain(refusals: Refusal[], sentences: Record<string, string>): string {
  return sentences[refusals[0]?.code ?? ''] ?? inWords(refusals);
}

function inWords(refusals: Refusal[]): string {
  return `Shopify did not accept this reward: ${refusals.map(({ message }) => message).join('; ')}`;
}
