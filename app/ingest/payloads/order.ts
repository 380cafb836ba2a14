import { z } from 'zod';
import type { OrderDeletedFact, OrderFact, OrderLineFact } from '~/modules/orders/types';
import { decimal, sum } from '~/platform/money';
import { addressKey } from './address-key';
import type { DeliveryContext } from './context';
import {
  address,
  count,
  flag,
  identity,
  moment,
  moneyBag,
  normaliseEmail,
  normalisePhone,
  optionalId,
  optionalMoment,
  optionalMoney,
  ownId,
  presentmentMoney,
  shopMoney,
  tagList,
  text,
} from './fields';
import { readClickToken } from './click-token';
import { embeddedCustomer, toPerson } from './person';
import { refundSchema, toRefundFact } from './refund';

const taxLine = z.object({ price: optionalMoney, price_set: moneyBag });
const allocation = z.object({ amount: optionalMoney, amount_set: moneyBag });

const orderLine = z.object({
  ...identity,
  product_id: optionalId,
  variant_id: optionalId,
  title: text,
  sku: text,
  quantity: count,
  current_quantity: count.nullish(),
  price: optionalMoney,
  price_set: moneyBag,
  total_discount: optionalMoney,
  total_discount_set: moneyBag,
  discount_allocations: z.array(allocation).nullish(),
  tax_lines: z.array(taxLine).nullish(),
  gift_card: flag,
  tip_payment_gateway: z.unknown().optional(), // only a tip has it, and it may be null
});

const shippingLine = z.object({
  price: optionalMoney,
  price_set: moneyBag,
  discounted_price: optionalMoney,
  discounted_price_set: moneyBag,
  discount_allocations: z.array(allocation).nullish(),
  is_removed: flag,
});

const orderSchema = z.object({
  ...identity,
  name: text,
  email: text,
  contact_email: text,
  phone: text,
  customer: embeddedCustomer,
  checkout_token: text,
  cart_token: text,
  landing_site: text,
  note_attributes: z
    .array(z.object({ name: z.string(), value: z.unknown() }))
    .nullish()
    .catch(null),
  currency: z.string(),
  presentment_currency: text,
  total_price: optionalMoney,
  total_price_set: moneyBag,
  total_tax: optionalMoney,
  total_tax_set: moneyBag,
  total_discounts: optionalMoney,
  total_discounts_set: moneyBag,
  total_shipping_price_set: moneyBag,
  shipping_lines: z.array(shippingLine).nullish(),
  taxes_included: flag,
  financial_status: text,
  fulfillment_status: text,
  test: flag,
  source_name: text,
  customer_locale: text,
  tags: tagList,
  line_items: z.array(orderLine).nullish(),
  discount_codes: z.array(z.object({ code: z.string(), amount: optionalMoney, type: text })).nullish(),
  refunds: z.array(refundSchema).nullish(),
  shipping_address: address,
  billing_address: address,
  created_at: moment,
  processed_at: optionalMoment,
  updated_at: moment,
  cancelled_at: optionalMoment,
  cancel_reason: text,
});

type Order = z.infer<typeof orderSchema>;

/** An order in the form every `orders/*` topic but `orders/edited` and `orders/delete` carries. Amounts in shop currency. */
export function readOrder(payload: unknown): OrderFact[] {
  const order = orderSchema.parse(payload);
  const id = ownId(order);
  if (id === null) throw new Error('an order without an id');
  const email = normaliseEmail(order.email ?? order.contact_email);
  const processedAt = order.processed_at ?? order.created_at;
  return [
    {
      id,
      name: order.name ?? `#${id}`,
      person: personOf(order, processedAt),
      email,
      phone: normalisePhone(order.phone, order.shipping_address?.country_code ?? null),
      checkoutToken: order.checkout_token,
      cartToken: order.cart_token,
      clickToken: readClickToken(order.landing_site, order.note_attributes ?? []),
      addressKey: addressKey(order.shipping_address),
      currency: order.currency,
      presentmentCurrency: order.presentment_currency ?? order.currency,
      presentmentTotal: presentmentMoney(order.total_price_set, order.total_price),
      shipping: shippingOf(order),
      tax: shopMoney(order.total_tax_set, order.total_tax),
      taxesIncluded: order.taxes_included,
      discounts: shopMoney(order.total_discounts_set, order.total_discounts),
      total: shopMoney(order.total_price_set, order.total_price),
      financialStatus: order.financial_status,
      fulfillmentStatus: order.fulfillment_status,
      test: order.test,
      sourceName: order.source_name,
      locale: order.customer_locale,
      tags: order.tags,
      lines: (order.line_items ?? []).flatMap(toLine),
      discountCodes: (order.discount_codes ?? []).map(({ code, type, amount }) => ({
        code,
        kind: type ?? 'fixed_amount',
        amount: amount ?? '0',
      })),
      refunds: (order.refunds ?? []).map((refund) => toRefundFact(refund, id)),
      processedAt,
      updatedAt: order.updated_at,
      cancelledAt: order.cancelled_at,
      cancelReason: order.cancel_reason,
    },
  ];
}

function personOf(order: Order, seenAt: Date): OrderFact['person'] {
  return toPerson({
    customer: order.customer,
    email: order.email ?? order.contact_email,
    phone: order.phone,
    locale: order.customer_locale,
    addresses: [order.shipping_address, order.billing_address],
    seenAt,
  });
}

function toLine(line: z.infer<typeof orderLine>): OrderLineFact[] {
  const id = ownId(line);
  if (id === null) return [];
  const allocations = line.discount_allocations?.map((entry) => shopMoney(entry.amount_set, entry.amount));
  return [
    {
      id,
      productId: line.product_id,
      variantId: line.variant_id,
      title: line.title ?? '',
      sku: line.sku,
      quantity: line.quantity,
      currentQuantity: line.current_quantity ?? line.quantity,
      price: shopMoney(line.price_set, line.price),
      // Allocations hold discounts on the line and the line's part of those on the order; `total_discount` only the first.
      discount: allocations
        ? sum(allocations).toString()
        : shopMoney(line.total_discount_set, line.total_discount),
      tax: sum((line.tax_lines ?? []).map((entry) => shopMoney(entry.price_set, entry.price))).toString(),
      isGiftCard: line.gift_card || line.tip_payment_gateway !== undefined,
    },
  ];
}

/** What shipping cost after discounts, as placed: what was refunded of it is the refund's to say. */
function shippingOf(order: Order): string {
  if (!order.shipping_lines) return shopMoney(order.total_shipping_price_set, null);
  const lines = order.shipping_lines.filter((line) => !line.is_removed);
  const amounts = lines.map((line) => {
    if (line.discounted_price_set || line.discounted_price !== null)
      return decimal(shopMoney(line.discounted_price_set, line.discounted_price));
    const discounts = (line.discount_allocations ?? []).map((entry) =>
      shopMoney(entry.amount_set, entry.amount),
    );
    return decimal(shopMoney(line.price_set, line.price)).minus(sum(discounts));
  });
  return sum(amounts).toString();
}

/** `orders/delete` names the order and nothing else. */
export function readOrderDeleted(payload: unknown, context: DeliveryContext): OrderDeletedFact[] {
  const id = ownId(z.object(identity).parse(payload));
  if (id === null) throw new Error('a deleted order without an id');
  return [{ id, deletedAt: context.triggeredAt }];
}
