import type { PointsQuestion, QuestionLine } from './ask-points';

/** The order as the checkout shows it now. */
export function readOrder(): PointsQuestion {
  const { totalAmount, totalTaxAmount, totalShippingAmount } = shopify.cost;
  const { amount: total, currencyCode: currency } = totalAmount.value;
  // An order has the parts of a bundle, not the bundle.
  const lines = shopify.lines.value.flatMap(({ lineComponents: parts, ...line }) =>
    parts.length > 0 ? parts.map(toLine) : [toLine(line)],
  );
  const tax = totalTaxAmount.value?.amount;
  const shipping = totalShippingAmount.value?.amount;
  const money = { total, tax, shipping, lines };
  return { ...money, currency, taxIncluded: isTaxIncluded(money) };
}

function toLine({
  merchandise: { product, requiresShipping },
  cost,
}: Pick<(typeof shopify.lines.value)[number], 'merchandise' | 'cost'>): QuestionLine {
  return { product: product.id, amount: cost.totalAmount.amount, digital: !requiresShipping };
}

/**
 * Whether prices contain the tax, which a checkout does not say: then lines and shipping make the total without it. Whatever
 * else is in the total (a tip, duties) is less than half of the tax, or tax counts as being on top.
 */
function isTaxIncluded({ total, tax = 0, shipping = 0, lines }: Omit<PointsQuestion, 'currency'>): boolean {
  const goods = (lines ?? []).reduce((sum, { amount }) => sum + amount, 0);
  const discounts = shopify.discountAllocations.value.reduce(
    (sum, { discountedAmount }) => sum + discountedAmount.amount,
    0,
  );
  return tax > 0 && total < goods - discounts + shipping + tax / 2;
}
