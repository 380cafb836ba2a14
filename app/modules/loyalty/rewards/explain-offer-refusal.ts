interface Refusal {
  message: string;
  code?: string | null;
}

const tooMany = 'The shop has as many discounts as Shopify allows. Delete some that ended.';
const badValue = 'Shopify does not accept what friends are offered. Change the amount or the percentage.';
const incomplete =
  'Shopify misses something in the friends’ offer. Check the referral settings and save them again.';
const ourFault = 'Shopify does not accept the friends’ offer as we ask for it. Tell our support.';
const notCombinable =
  'Shopify does not let the friends’ discount combine with others as we ask for it. Tell our support.';
const again = 'Shopify has this discount code already. Another one is made.';

/** `DiscountErrorCode` of the Admin API, whole: a test holds this to the schema. */
const sentences: Record<string, string> = {
  ACTIVE_PERIOD_OVERLAP: tooMany,
  APPLIES_ON_NOTHING: ourFault,
  BLANK: incomplete,
  CONFLICT: 'Shopify says that the friends’ offer contradicts itself. Change its value or its minimum order.',
  DISCOUNT_NOT_COMPATIBLE_WITH_CONDITION_TYPES: ourFault,
  DUPLICATE: again,
  END_DATE_BEFORE_START_DATE: 'The friend’s code would have ended before it began. Give friends more days.',
  EQUAL_TO: badValue,
  EXCEEDED_MAX: tooMany,
  GREATER_THAN: badValue,
  GREATER_THAN_OR_EQUAL_TO: badValue,
  IMPLICIT_DUPLICATE: ourFault,
  INCLUSION: badValue,
  INTERNAL_ERROR: 'Shopify has trouble right now. It is tried again by itself.',
  INVALID: incomplete,
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
  TAKEN: again,
  TOO_LONG: ourFault,
  TOO_MANY_ARGUMENTS: ourFault,
  TOO_MANY_PRODUCT_DISCOUNTS_WITH_TAGS_ON_SAME_CART_LINE: notCombinable,
  TOO_MANY_TAGS: ourFault,
  TOO_SHORT: ourFault,
  VALUE_OUTSIDE_RANGE: badValue,
};

/** Why Shopify makes no code for a friend, for the merchant: what to do about it, or Shopify's own words. */
export function explainOfferRefusal(refusals: Refusal[]): string {
  const known = sentences[refusals[0]?.code ?? ''];
  return (
    known ?? `Shopify did not accept the friends’ offer: ${refusals.map(({ message }) => message).join('; ')}`
  );
}
