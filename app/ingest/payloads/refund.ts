import { z } from 'zod';
import type { RefundFact } from '~/modules/orders/types';
import { decimal, sum } from '~/platform/money';
import {
  count,
  flag,
  identity,
  moneyBag,
  moment,
  optionalId,
  optionalMoment,
  optionalMoney,
  ownId,
  shopMoney,
  text,
} from './fields';

const refundLine = z.object({
  ...identity,
  line_item_id: optionalId,
  line_item: z.object(identity).nullish(),
  quantity: count,
  subtotal: optionalMoney,
  subtotal_set: moneyBag,
  total_tax: optionalMoney,
  total_tax_set: moneyBag,
  restock_type: text,
});

const shippingLine = z.object({ subtotal_amount_set: moneyBag, tax_amount_set: moneyBag });

const adjustment = z.object({
  kind: text, // shipping_refund, refund_discrepancy
  amount: optionalMoney,
  amount_set: moneyBag,
  tax_amount: optionalMoney,
  tax_amount_set: moneyBag,
});

export const refundSchema = z.object({
  ...identity,
  order_id: optionalId,
  created_at: moment,
  processed_at: optionalMoment,
  restock: flag,
  refund_line_items: z.array(refundLine).nullish(),
  refund_shipping_lines: z.array(shippingLine).nullish(),
  order_adjustments: z.array(adjustment).nullish(),
});

type Refund = z.infer<typeof refundSchema>;

/**
 * A refund as Shopify tells it, alone or inside its order. Adjustments have the sign of Shopify's books (money to the
 * customer is negative); a fact has money to the customer positive. Throws when the refund or its order has no id.
 */
export function toRefundFact(refund: Refund, orderId: bigint | null): RefundFact {
  const id = ownId(refund);
  const order = orderId ?? refund.order_id;
  if (id === null || order === null) throw new Error('a refund without its id or the id of its order');
  const lines = (refund.refund_line_items ?? []).flatMap((line) => {
    const lineId = ownId(line);
    const orderLineId = line.line_item_id ?? (line.line_item ? ownId(line.line_item) : null);
    if (lineId === null || orderLineId === null) return [];
    return [
      {
        id: lineId,
        orderLineId,
        quantity: line.quantity,
        subtotal: shopMoney(line.subtotal_set, line.subtotal),
        tax: shopMoney(line.total_tax_set, line.total_tax),
      },
    ];
  });
  const shipping = shippingOf(refund);
  // All that is not shipping: while money is on its way, one says that it is missing and a pending one takes that back.
  const discrepancies = (refund.order_adjustments ?? []).filter(({ kind }) => kind !== 'shipping_refund');
  return {
    id,
    orderId: order,
    processedAt: refund.processed_at ?? refund.created_at,
    lines,
    shipping: shipping.amount,
    adjustments: sum(discrepancies.map((entry) => shopMoney(entry.amount_set, entry.amount)))
      .negated()
      .toString(),
    tax: sum([shipping.tax, ...lines.map((line) => line.tax)]).toString(),
    restocked: (refund.refund_line_items ?? []).some((line) =>
      line.restock_type === null ? refund.restock : line.restock_type !== 'no_restock',
    ),
  };
}

/** Newer payloads list refunded shipping lines; older ones book it as a (negative) adjustment. Never both. */
function shippingOf(refund: Refund): { amount: string; tax: string } {
  const lines = refund.refund_shipping_lines ?? [];
  if (lines.length > 0) {
    return {
      amount: sum(lines.map((line) => shopMoney(line.subtotal_amount_set, null))).toString(),
      tax: sum(lines.map((line) => shopMoney(line.tax_amount_set, null))).toString(),
    };
  }
  const booked = (refund.order_adjustments ?? []).filter(({ kind }) => kind === 'shipping_refund');
  return {
    amount: sum(booked.map((entry) => decimal(shopMoney(entry.amount_set, entry.amount)).abs())).toString(),
    tax: sum(
      booked.map((entry) => decimal(shopMoney(entry.tax_amount_set, entry.tax_amount)).abs()),
    ).toString(),
  };
}

export function readRefund(payload: unknown): RefundFact[] {
  return [toRefundFact(refundSchema.parse(payload), null)];
}
