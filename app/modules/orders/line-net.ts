import { decimal, type Decimal } from '~/platform/money';
import type { OrderLineFact } from './types';

/**
 * What a whole line is worth: price x quantity - discounts, without tax. Where prices contain tax (`taxesIncluded`) the
 * tax is taken out of them; where they do not, it never was in them.
 */
export function computeLineNet(
  line: Pick<OrderLineFact, 'price' | 'quantity' | 'discount' | 'tax'>,
  taxesIncluded: boolean,
): Decimal {
  const gross = decimal(line.price).times(line.quantity).minus(line.discount);
  return taxesIncluded ? gross.minus(line.tax) : gross;
}

/** Shipping without tax: what tax the lines do not account for is that of shipping. Never below zero. */
export function computeShippingNet(order: {
  shipping: string;
  tax: string;
  taxesIncluded: boolean;
  lines: Pick<OrderLineFact, 'tax'>[];
}): Decimal {
  const shipping = decimal(order.shipping);
  if (!order.taxesIncluded) return shipping;
  const ofLines = order.lines.reduce((total, line) => total.plus(line.tax), decimal('0'));
  const ofShipping = decimal(order.tax).minus(ofLines);
  return ofShipping.isPositive() && ofShipping.lessThan(shipping) ? shipping.minus(ofShipping) : shipping;
}
