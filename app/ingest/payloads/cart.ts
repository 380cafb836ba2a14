import { z } from 'zod';
import type { CheckoutFact } from '~/modules/carts/types';
import { decimal, sum } from '~/platform/money';
import type { DeliveryContext } from './context';
import { cartLine, toCartLine } from './checkout';
import { optionalMoment, shopMoney, text } from './fields';

const cartSchema = z.object({
  id: text, // equals the token
  token: text,
  currency: text,
  line_items: z.array(cartLine).nullish(),
  created_at: optionalMoment,
  updated_at: optionalMoment,
});

/** A cart of the online store: what is in it and when, never whose it is. */
export function readCart(payload: unknown, context: DeliveryContext): CheckoutFact[] {
  const cart = cartSchema.parse(payload);
  const token = cart.token ?? cart.id;
  if (token === null) throw new Error('a cart without a token');
  const told = cart.line_items ?? [];
  const lines = told.map(toCartLine);
  const prices = told.find(({ price_set }) => price_set)?.price_set ?? null;
  const currency = cart.currency ?? prices?.shop_money.currency_code ?? null;
  const updatedAt = cart.updated_at ?? context.triggeredAt;
  return [
    {
      token,
      kind: 'cart',
      cartToken: null,
      person: null,
      locale: null,
      currency,
      presentmentCurrency: prices?.presentment_money?.currency_code ?? currency,
      total: sum(
        told.map((line) => decimal(shopMoney(line.price_set, line.price)).times(line.quantity)),
      ).toString(),
      presentmentTotal: sum(lines.map(({ price, quantity }) => decimal(price).times(quantity))).toString(),
      lines,
      recoveryUrl: null,
      acceptsMarketing: false,
      createdAt: cart.created_at ?? updatedAt,
      updatedAt,
      toldAt: context.triggeredAt,
      completedAt: null,
    },
  ];
}
