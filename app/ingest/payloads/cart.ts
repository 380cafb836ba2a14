import { z } from 'zod';
import type { CheckoutFact } from '~/modules/carts/types';
import { decimal, sum } from '~/platform/money';
import type { DeliveryContext } from './context';
import { optionalMoment, text } from './fields';
import { cartLines } from './checkout';

const cartSchema = z.object({
  id: text, // equals the token
  token: text,
  currency: text,
  line_items: cartLines,
  created_at: optionalMoment,
  updated_at: optionalMoment,
});

/** A cart of the online store: what is in it and when, never whose it is. */
export function readCart(payload: unknown, context: DeliveryContext): CheckoutFact[] {
  const cart = cartSchema.parse(payload);
  const token = cart.token ?? cart.id;
  if (token === null) throw new Error('a cart without a token');
  const total = sum(cart.line_items.map((line) => decimal(line.price).times(line.quantity))).toString();
  const updatedAt = cart.updated_at ?? context.triggeredAt;
  return [
    {
      token,
      kind: 'cart',
      cartToken: null,
      person: null,
      locale: null,
      currency: cart.currency,
      presentmentCurrency: cart.currency,
      total,
      presentmentTotal: total,
      lines: cart.line_items,
      recoveryUrl: null,
      acceptsMarketing: false,
      createdAt: cart.created_at ?? updatedAt,
      updatedAt,
      toldAt: context.triggeredAt,
      completedAt: null,
    },
  ];
}
