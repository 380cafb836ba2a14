import { computeCheckoutTotals, type CheckoutTotals } from '../../state/checkout-totals';
import { toGid } from '../../state/ids';
import { formatCents } from '../../state/money';
import { computeTax } from '../../state/order-totals';
import type { CartLine, Checkout, Shop } from '../../state/model';
import { addressPayload, attributePayload, findVariant } from './common';
import { customerPayload } from './customer';

function checkoutLinePayload(shop: Shop, line: CartLine) {
  const found = findVariant(shop, line.variantId);
  if (found === null) return [];
  const { product, variant } = found;
  return [
    {
      key: variant.id.toString(),
      applied_discounts: [],
      discount_allocations: [],
      fulfillment_service: 'manual',
      gift_card: false,
      grams: 0,
      line_price: formatCents(variant.price * line.quantity),
      presentment_title: product.title,
      presentment_variant_title: variant.title,
      price: formatCents(variant.price),
      product_id: product.id,
      properties: [],
      quantity: line.quantity,
      rank: null,
      requires_shipping: true,
      sku: variant.sku,
      tax_lines: [],
      taxable: true,
      title: product.title,
      variant_id: variant.id,
      variant_price: formatCents(variant.price),
      variant_title: variant.title,
      vendor: product.vendor,
    },
  ];
}

/** Since 2026-04 a checkout has no `id`: its token names it. */
export function checkoutPayload(shop: Shop, checkout: Checkout, recoveryUrl: string, now: Date) {
  const totals = computeCheckoutTotals(shop, checkout, now);
  const customer = shop.customers.find(({ id }) => id === checkout.customerId);
  const tax = computeTax(shop, totals.total);
  return {
    token: checkout.token,
    cart_token: checkout.cartToken,
    email: checkout.email,
    gateway: null,
    buyer_accepts_marketing: checkout.acceptsMarketing,
    buyer_accepts_sms_marketing: false,
    sms_marketing_phone: null,
    created_at: checkout.createdAt,
    updated_at: checkout.updatedAt,
    completed_at: checkout.completedAt,
    closed_at: null,
    landing_site: '/',
    note: '',
    note_attributes: attributePayload(checkout.attributes),
    referring_site: '',
    shipping_lines: [],
    shipping_address: addressPayload(checkout.address) ?? [],
    billing_address: addressPayload(checkout.address) ?? [],
    taxes_included: true,
    total_weight: 0,
    currency: shop.currency,
    presentment_currency: shop.currency,
    customer_locale: checkout.locale,
    line_items: checkout.lines.flatMap((line) => checkoutLinePayload(shop, line)),
    name: `#${checkout.token.slice(0, 12)}`,
    abandoned_checkout_url: recoveryUrl,
    discount_codes: discountCodes(checkout, totals),
    tax_lines: [],
    source_name: 'web',
    total_discounts: formatCents(totals.discount),
    total_line_items_price: formatCents(totals.lines),
    total_price: formatCents(totals.total),
    total_tax: formatCents(tax),
    subtotal_price: formatCents(totals.subtotal),
    total_duties: null,
    phone: null,
    user_id: null,
    location_id: null,
    source_identifier: null,
    source_url: null,
    device_id: null,
    ...(customer === undefined
      ? {}
      : {
          customer: {
            ...customerPayload(shop, customer),
            admin_graphql_api_id: toGid('Customer', customer.id),
          },
        }),
  };
}

function discountCodes({ discountCode: code }: Checkout, totals: CheckoutTotals) {
  if (code === null) return [];
  if (totals.shippingDiscount > 0)
    return [{ code, amount: formatCents(totals.shippingDiscount), type: 'shipping' }];
  return totals.discount === 0 ? [] : [{ code, amount: formatCents(totals.discount), type: 'fixed_amount' }];
}
