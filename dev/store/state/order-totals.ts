import type { Order, OrderLine, Shop } from './model';

export function lineTotal(line: OrderLine): number {
  return line.price * line.quantity - line.discount;
}

/** What `quantity` pieces of a line cost after its discount. */
export function lineShare(line: OrderLine, quantity: number): number {
  return line.quantity === 0 ? 0 : Math.round((lineTotal(line) * quantity) / line.quantity);
}

export function refundedQuantity(order: Order, lineId: bigint): number {
  return order.refunds
    .flatMap((refund) => refund.lines)
    .filter((line) => line.lineId === lineId)
    .reduce((sum, line) => sum + line.quantity, 0);
}

export interface OrderTotals {
  readonly lines: number;
  readonly discounts: number;
  readonly subtotal: number;
  readonly shipping: number;
  readonly tax: number;
  readonly total: number;
  readonly currentSubtotal: number;
  readonly currentDiscounts: number;
  readonly currentShipping: number;
  readonly currentTax: number;
  readonly currentTotal: number;
  readonly refunded: number;
}

function containedTax(shop: Shop, amount: number): number {
  return Math.round((amount * shop.taxPercent) / (100 + shop.taxPercent));
}

/**
 * `total*` is what was sold; `current*` is after edits and refunds of lines and shipping. A goodwill amount (refund without
 * a line) lowers neither: it is visible in the refund's transaction.
 */
export function computeOrderTotals(shop: Shop, order: Order): OrderTotals {
  const sum = (of: (line: OrderLine) => number) => order.lines.reduce((total, line) => total + of(line), 0);
  const lines = sum((line) => line.price * line.quantity);
  const discounts = sum((line) => line.discount);
  const subtotal = lines - discounts;
  const total = subtotal + order.shipping;
  const currentSubtotal =
    order.cancelledAt === null ? sum((line) => lineShare(line, line.currentQuantity)) : 0;
  const currentList = order.cancelledAt === null ? sum((line) => line.price * line.currentQuantity) : 0;
  const shippingRefunded = order.refunds.reduce((amount, refund) => amount + refund.shipping, 0);
  const currentShipping = order.cancelledAt === null ? order.shipping - shippingRefunded : 0;
  const currentTotal = currentSubtotal + currentShipping;
  return {
    lines,
    discounts,
    subtotal,
    shipping: order.shipping,
    tax: containedTax(shop, total),
    total,
    currentSubtotal,
    currentDiscounts: currentList - currentSubtotal,
    currentShipping,
    currentTax: containedTax(shop, currentTotal),
    currentTotal,
    refunded: order.refunds.reduce((amount, refund) => amount + refund.amount, 0),
  };
}

export function computeTax(shop: Shop, amount: number): number {
  return containedTax(shop, amount);
}

export type FinancialStatus =
  'paid' | 'partially_refunded' | 'pending' | 'refunded' | 'voided' | 'partially_paid';

export function computeFinancialStatus(shop: Shop, order: Order): FinancialStatus {
  const { refunded, currentTotal } = computeOrderTotals(shop, order);
  if (order.paid === 0) return order.cancelledAt === null ? 'pending' : 'voided';
  if (refunded >= order.paid) return 'refunded';
  if (refunded > 0) return 'partially_refunded';
  return order.paid < currentTotal ? 'partially_paid' : 'paid';
}

export function computeFulfillmentStatus(order: Order): 'fulfilled' | 'partial' | null {
  const open = order.lines.some((line) => line.fulfilledQuantity < line.currentQuantity);
  const some = order.lines.some((line) => line.fulfilledQuantity > 0);
  if (!some) return null;
  return open ? 'partial' : 'fulfilled';
}
