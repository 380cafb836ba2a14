interface Refusal {
  message: string;
  code?: string | null;
}

/** What Shopify may have against a discount, as far as it makes a difference to what the merchant is to do. */
type Trouble =
  | 'tooMany'
  | 'ourFault'
  | 'incomplete'
  | 'contradiction'
  | 'taken'
  | 'noDays'
  | 'badValue'
  | 'twice'
  | 'trouble'
  | 'unknown'
  | 'notCombinable'
  | 'longName'
  | 'shortName';

/** A sentence for each, about what the merchant knows the discount as. */
export type Sentences = Record<Trouble, string>;

/** `DiscountErrorCode` of the Admin API, whole: a test holds this to the schema. */
const troubles: Record<string, Trouble> = {
  ACTIVE_PERIOD_OVERLAP: 'tooMany',
  APPLIES_ON_NOTHING: 'ourFault',
  BLANK: 'incomplete',
  CONFLICT: 'contradiction',
  DISCOUNT_NOT_COMPATIBLE_WITH_CONDITION_TYPES: 'ourFault',
  DUPLICATE: 'taken',
  END_DATE_BEFORE_START_DATE: 'noDays',
  EQUAL_TO: 'badValue',
  EXCEEDED_MAX: 'tooMany',
  GREATER_THAN: 'badValue',
  GREATER_THAN_OR_EQUAL_TO: 'badValue',
  IMPLICIT_DUPLICATE: 'twice',
  INCLUSION: 'badValue',
  INTERNAL_ERROR: 'trouble',
  INVALID: 'unknown',
  INVALID_COMBINES_WITH_FOR_DISCOUNT_CLASS: 'notCombinable',
  INVALID_DISCOUNT_CLASS_FOR_PRICE_RULE: 'notCombinable',
  INVALID_PRODUCT_DISCOUNTS_FALSE_WITH_EXISTING_TAGS_ON_SAME_CART_LINE: 'notCombinable',
  INVALID_PRODUCT_DISCOUNTS_WITH_TAGS_ON_SAME_CART_LINE_FOR_DISCOUNT_CLASS: 'notCombinable',
  INVALID_PRODUCT_DISCOUNTS_WITH_TAGS_ON_SAME_CART_LINE_WITHOUT_PRODUCT_DISCOUNTS: 'notCombinable',
  INVALID_TAG_LENGTH: 'ourFault',
  LESS_THAN: 'badValue',
  LESS_THAN_OR_EQUAL_TO: 'badValue',
  MAX_APP_DISCOUNTS: 'tooMany',
  MINIMUM_SUBTOTAL_AND_QUANTITY_RANGE_BOTH_PRESENT: 'ourFault',
  MISSING_ARGUMENT: 'incomplete',
  MISSING_FUNCTION_IDENTIFIER: 'ourFault',
  MULTIPLE_FUNCTION_IDENTIFIERS: 'ourFault',
  MULTIPLE_RECURRING_CYCLE_LIMIT_FOR_NON_SUBSCRIPTION_ITEMS: 'ourFault',
  PRESENT: 'ourFault',
  PRODUCT_DISCOUNTS_WITH_TAGS_ON_SAME_CART_LINE_NOT_ENTITLED: 'notCombinable',
  RECURRING_CYCLE_LIMIT_NOT_A_VALID_INTEGER: 'ourFault',
  TAKEN: 'taken',
  TOO_LONG: 'longName',
  TOO_MANY_ARGUMENTS: 'ourFault',
  TOO_MANY_PRODUCT_DISCOUNTS_WITH_TAGS_ON_SAME_CART_LINE: 'notCombinable',
  TOO_MANY_TAGS: 'ourFault',
  TOO_SHORT: 'shortName',
  VALUE_OUTSIDE_RANGE: 'badValue',
};

/** The sentence for the first refusal; undefined for an error that is new. */
export function findSentence(refusals: readonly Refusal[], sentences: Sentences): string | undefined {
  const trouble = troubles[refusals[0]?.code ?? ''];
  return trouble && sentences[trouble];
}
