import { z } from 'zod';
import type { CartLine, CheckoutFact } from '~/modules/carts/types';
import type { DeliveryContext } from './context';
import {
  address,
  count,
  flag,
  moment,
  moneyBag,
  optionalId,
  optionalMoment,
  optionalMoney,
  presentmentMoney,
  shopMoney,
  text,
} from './fields';
import { embeddedCustomer, toPerson } from './person';

export const cartLine = z.object({
  product_id: optionalId,
  variant_id: optionalId,
  title: text,
  presentment_title: text,
  variant_title: text,
  presentment_variant_title: text,
  quantity: count,
  price: optionalMoney,
  variant_price: optionalMoney,
  price_set: moneyBag,
  image_url: text,
  featured_image: z.object({ url: text }).nullish(),
});

export function toCartLine(entry: z.infer<typeof cartLine>): CartLine {
  return {
    variantId: entry.variant_id?.toString() ?? null,
    productId: entry.product_id?.toString() ?? null,
    title: entry.presentment_title ?? entry.title ?? '',
    variantTitle: entry.presentment_variant_title ?? entry.variant_title,
    quantity: entry.quantity,
    price: presentmentMoney(entry.price_set, entry.price ?? entry.variant_price),
    imageUrl: entry.image_url ?? entry.featured_image?.url ?? null,
  };
}

const checkoutSchema = z.object({
  token: z.string().min(1),
  cart_token: text,
  email: text,
  phone: text,
  customer: embeddedCustomer,
  shipping_address: address,
  billing_address: address,
  customer_locale: text,
  currency: text,
  presentment_currency: text,
  total_price: optionalMoney,
  total_price_set: moneyBag,
  line_items: z.array(cartLine).nullish(),
  abandoned_checkout_url: text,
  buyer_accepts_marketing: flag,
  created_at: moment,
  updated_at: moment,
  completed_at: optionalMoment,
});

/** A checkout. Since 2026-04 it has no id: its token names it. */
export function readCheckout(payload: unknown, context: DeliveryContext): CheckoutFact[] {
  const checkout = checkoutSchema.parse(payload);
  return [
    {
      token: checkout.token,
      kind: 'checkout',
      cartToken: checkout.cart_token,
      person: toPerson({
        customer: checkout.customer,
        email: checkout.email,
        phone: checkout.phone,
        locale: checkout.customer_locale,
        addresses: [checkout.shipping_address, checkout.billing_address],
        seenAt: checkout.updated_at,
      }),
      locale: checkout.customer_locale,
      currency: checkout.currency,
      presentmentCurrency: checkout.presentment_currency ?? checkout.currency,
      total: shopTotal(checkout),
      presentmentTotal: presentmentMoney(checkout.total_price_set, checkout.total_price),
      lines: (checkout.line_items ?? []).map(toCartLine),
      recoveryUrl: checkout.abandoned_checkout_url,
      acceptsMarketing: checkout.buyer_accepts_marketing,
      createdAt: checkout.created_at,
      updatedAt: checkout.updated_at,
      toldAt: context.triggeredAt,
      completedAt: checkout.completed_at,
    },
  ];
}

/** Shopify tells a checkout's amounts in the customer's currency. */
function shopTotal(checkout: z.infer<typeof checkoutSchema>): string | null {
  const { currency, presentment_currency: presentment, total_price_set: set } = checkout;
  if (!set && presentment !== null && presentment !== currency) return null;
  return shopMoney(set, checkout.total_price);
}

/** A deleted checkout; without a token there is nothing of ours it could mean. */
export function readCheckoutDeleted(payload: unknown, context: DeliveryContext): CheckoutFact[] {
  const { token } = z.object({ token: text }).parse(payload);
  if (token === null) return [];
  return [
    {
      token,
      kind: 'checkout',
      cartToken: null,
      person: null,
      locale: null,
      currency: null,
      presentmentCurrency: null,
      total: '0',
      presentmentTotal: '0',
      lines: [],
      recoveryUrl: null,
      acceptsMarketing: false,
      createdAt: context.triggeredAt,
      updatedAt: context.triggeredAt,
      completedAt: null,
      deleted: true,
    },
  ];
}
