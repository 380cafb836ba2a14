interface Refusal {
  field: string[] | null;
  message: string;
  code: string | null;
}

const sentences: Record<string, string> = {
  TAKEN: 'Shopify has this discount code already. Please redeem the reward again.',
  MAX_APP_DISCOUNTS: 'The shop has as many discounts as Shopify allows. Delete some that ended.',
  EXCEEDED_MAX: 'The shop has as many discounts as Shopify allows. Delete some that ended.',
  END_DATE_BEFORE_START_DATE: 'The code would have ended before it began. Give the reward more days.',
  INVALID_COMBINES_WITH_FOR_DISCOUNT_CLASS:
    'Shopify does not let this kind of discount combine as the reward says. Change what it combines with.',
  VALUE_OUTSIDE_RANGE: 'Shopify does not accept the value of this reward. Change it.',
  TOO_LONG: 'The name of this reward is too long for Shopify. Shorten it.',
};

/** Why Shopify makes no code, for the merchant: what to do about it, or Shopify's own words. */
export function explainRefusal(refusals: Refusal[]): string {
  const [first] = refusals;
  if (first?.field?.includes('customers')) return 'This customer does not exist in Shopify any more.';
  const known = sentences[first?.code ?? ''];
  return known ?? `Shopify did not accept this reward: ${refusals.map(({ message }) => message).join('; ')}`;
}
