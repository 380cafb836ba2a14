interface Refusal {
  field?: string[] | null;
  message: string;
  code?: string | null;
}

const tooMany = 'The shop has as many discounts as Shopify allows. Delete some that ended.';
const noSuchCustomer = 'This customer does not exist in Shopify any more.';
const notCombinable =
  'Shopify does not let this kind of discount combine as the reward says. Change what it combines with.';
const badValue = 'Shopify does not accept the value of this reward. Change it.';
const incomplete = 'Shopify misses something in this reward. Open it, check every field and save it again.';
const ourFault = 'Shopify does not accept this reward as we ask for it. Tell our support; nothing was spent.';

/** `DiscountErrorCode` of the Admin API, whole: a test holds this to the schema. */
const discountSentences: Record<string, string> = {
  ACTIVE_PERIOD_OVERLAP: tooMany,
  APPLIES_ON_NOTHING: ourFault,
  BLANK: incomplete,
  CONFLICT:
    'Shopify says that settings of this reward contradict each other. Change its minimum order or product.',
  DISCOUNT_NOT_COMPATIBLE_WITH_CONDITION_TYPES: ourFault,
  DUPLICATE: 'Shopify has this discount code already. Please redeem the reward again.',
  END_DATE_BEFORE_START_DATE: 'The code would have ended before it began. Give the reward more days.',
  EQUAL_TO: badValue,
  EXCEEDED_MAX: tooMany,
  GREATER_THAN: badValue,
  GREATER_THAN_OR_EQUAL_TO: badValue,
  IMPLICIT_DUPLICATE: 'The product of this reward is chosen twice. Choose it again.',
  INCLUSION: badValue,
  INTERNAL_ERROR: 'Shopify has trouble right now. Please try again in a minute.',
  INVALID: 'Shopify does not know something in this reward any more. Choose its product again.',
  INVALID_COMBINES_WITH_FOR_DISCOUNT_CLASS: notCombinable,
  INVALID_DISCOUNT_CLASS_FOR_PRICE_RULE: notCombinable,
  INVALID_PRODUCT_DISCOUNTS_FALSE_WITH_EXISTING_TAGS_ON_SAME_CART_LINE: notCombinable,
  INVALID_PRODUCT_DISCOUNTS_WITH_TAGS_ON_SAME_CART_LINE_FOR_DISCOUNT_CLASS: notCombinable,
  INVALID_PRODUCT_DISCOUNTS_WITH_TAGS_ON_SAME_CART_LINE_WITHOUT_PRODUCT_DISCOUNTS: notCombinable,
  INVALID_TAG_LENGTH: ourFault,
  LESS_THAN: badValue,
  LESS_THAN_OR_EQUAL_TO: badValue,
  MAX_APP_DISCOUNTS: tooMany,
  MINIMUM_SUBTOTAL_AND_QUANTITY_RANGE_BOTH_PRESENT: ourFault,
  MISSING_ARGUMENT: incomplete,
  MISSING_FUNCTION_IDENTIFIER: ourFault,
  MULTIPLE_FUNCTION_IDENTIFIERS: ourFault,
  MULTIPLE_RECURRING_CYCLE_LIMIT_FOR_NON_SUBSCRIPTION_ITEMS: ourFault,
  PRESENT: ourFault,
  PRODUCT_DISCOUNTS_WITH_TAGS_ON_SAME_CART_LINE_NOT_ENTITLED: notCombinable,
  RECURRING_CYCLE_LIMIT_NOT_A_VALID_INTEGER: ourFault,
  TAKEN: 'Shopify has this discount code already. Please redeem the reward again.',
  TOO_LONG: 'The name of this reward is too long for Shopify. Shorten it.',
  TOO_MANY_ARGUMENTS: ourFault,
  TOO_MANY_PRODUCT_DISCOUNTS_WITH_TAGS_ON_SAME_CART_LINE: notCombinable,
  TOO_MANY_TAGS: ourFault,
  TOO_SHORT: 'The name of this reward is too short for Shopify. Lengthen it.',
  VALUE_OUTSIDE_RANGE: badValue,
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
  return explain(refusals, discountSentences);
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
  const known = sentences[refusals[0]?.code ?? ''];
  return known ?? `Shopify did not accept this reward: ${refusals.map(({ message }) => message).join('; ')}`;
}
