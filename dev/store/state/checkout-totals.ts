import { findRedeemCode, type RedeemCode } from './discount-codes';
import type { Cart, Checkout, CartLine, Discount, Shop } from './model';
import { findVariant } from '../webhooks/payloads/common';

export interface CheckoutTotals {
  readonly lines: number;
  readonly discount: number;
  readonly subtotal: number;
  /** What a code for free shipping takes off. */
  readonly shippingDiscount: number;
  readonly shipping: number;
  readonly total: number;
}

export function computeLinesTotal(shop: Shop, lines: readonly CartLine[]): number {
  return lines.reduce(
    (sum, line) => sum + (findVariant(shop, line.variantId)?.variant.price ?? 0) * line.quantity,
    0,
  );
}

/** The discount behind a code if it may be used now, or a sentence that says why not. */
export function checkDiscount(shop: Shop, checkout: Checkout, code: string, now: Date): RedeemCode | string {
  const found = findRedeemCode(shop, code);
  if (found === null || new Date(found.discount.startsAt) > now) return 'Enter a valid discount code.';
  const { discount, usedBy } = found;
  if (discount.endsAt !== null && new Date(discount.endsAt) <= now) return 'This discount code has expired.';
  if (discount.usageLimit !== null && usedBy.length >= discount.usageLimit)
    return 'This discount code has been used already.';
  const isTheirs = checkout.customerId !== null && discount.customerIds.includes(checkout.customerId);
  if (discount.customerIds.length > 0 && !isTheirs) return 'This discount code belongs to another customer.';
  const who = checkout.email ?? '';
  if (discount.appliesOncePerCustomer && usedBy.includes(who))
    return 'You have used this discount code already.';
  const lines = computeLinesTotal(shop, checkout.lines);
  if (discount.minimumSubtotal !== null && lines < discount.minimumSubtotal)
    return 'Your cart is below the minimum for this code.';
  if (entitledTotal(shop, checkout.lines, discount) === 0 && lines > 0)
    return 'This discount code is for another product.';
  return found;
}

/** Whether a discount takes something off a line. */
export function isEntitled({ variantIds }: Discount, variantId: bigint): boolean {
  return variantIds.length === 0 || variantIds.includes(variantId);
}

function entitledTotal(shop: Shop, lines: readonly CartLine[], discount: Discount): number {
  return computeLinesTotal(
    shop,
    lines.filter(({ variantId }) => isEntitled(discount, variantId)),
  );
}

function computeDiscountAmount(discount: Discount, lines: number): number {
  if (discount.kind === 'free_shipping') return 0;
  const amount = discount.kind === 'percentage' ? Math.round((lines * discount.value) / 100) : discount.value;
  return Math.min(amount, lines);
}

export function computeCheckoutTotals(shop: Shop, checkout: Checkout, now: Date): CheckoutTotals {
  const lines = computeLinesTotal(shop, checkout.lines);
  const checked =
    checkout.discountCode === null ? null : checkDiscount(shop, checkout, checkout.discountCode, now);
  const valid = checked === null || typeof checked === 'string' ? null : checked.discount;
  const discount =
    valid === null ? 0 : computeDiscountAmount(valid, entitledTotal(shop, checkout.lines, valid));
  const subtotal = lines - discount;
  const rate = subtotal >= shop.freeShippingFrom || lines === 0 ? 0 : shop.flatShipping;
  const shippingDiscount = valid?.kind === 'free_shipping' ? rate : 0;
  const shipping = rate - shippingDiscount;
  return { lines, discount, subtotal, shippingDiscount, shipping, total: subtotal + shipping };
}

export function countPieces(cart: Pick<Cart, 'lines'>): number {
  return cart.lines.reduce((sum, line) => sum + line.quantity, 0);
}
