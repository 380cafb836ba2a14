import { z } from 'zod';
import type { Tx } from '~/platform/db/index.server';
import { notFound } from '~/platform/errors';
import { cartLineSchema, cartStateSchema, type CartLine, type CartState } from './types';

export interface CartForMail {
  token: string;
  publicId: string; // for links: tokens of carts are nobody else's business
  state: CartState;
  locale: string | null;
  lines: CartLine[];
  presentmentTotal: string;
  presentmentCurrency: string | null;
  recoveryUrl: string | null;
}

/** What a mail about a cart shows. Throws not_found. */
export async function getCartForMail(tx: Tx, input: { shopId: number; token: string }): Promise<CartForMail> {
  const [cart] = await listCartsForMail(tx, { shopId: input.shopId, tokens: [input.token] });
  if (!cart) throw notFound('cart');
  return cart;
}

/** The same for many carts in one query; unknown tokens are left out. */
export async function listCartsForMail(
  tx: Tx,
  input: { shopId: number; tokens: string[] },
): Promise<CartForMail[]> {
  if (input.tokens.length === 0) return [];
  const rows = await tx.cart.findMany({
    where: { shopId: input.shopId, token: { in: input.tokens } },
    orderBy: { token: 'asc' },
  });
  return rows.map((row) => ({
    token: row.token,
    publicId: row.publicId,
    state: cartStateSchema.parse(row.state),
    locale: row.locale,
    lines: z.array(cartLineSchema).parse(row.lines),
    presentmentTotal: row.presentmentTotal.toString(),
    presentmentCurrency: row.presentmentCurrency,
    recoveryUrl: row.recoveryUrl,
  }));
}
