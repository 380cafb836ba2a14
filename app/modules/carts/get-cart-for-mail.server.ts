import { z } from 'zod';
import { listPictures } from '~/modules/orders/index.server';
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

/**
 * The same for many carts, set-wise; unknown tokens are left out. Shopify tells checkouts without pictures: those come from
 * the products.
 */
export async function listCartsForMail(
  tx: Tx,
  input: { shopId: number; tokens: string[] },
): Promise<CartForMail[]> {
  if (input.tokens.length === 0) return [];
  const rows = await tx.cart.findMany({
    where: { shopId: input.shopId, token: { in: input.tokens } },
    orderBy: { token: 'asc' },
  });
  const carts = rows.map((row) => ({ row, lines: z.array(cartLineSchema).parse(row.lines) }));
  const pictures = await listPictures(tx, {
    shopId: input.shopId,
    items: carts.flatMap(({ lines }) => lines),
  });
  const next = pictures.values();
  return carts.map(({ row, lines }) => ({
    token: row.token,
    publicId: row.publicId,
    state: cartStateSchema.parse(row.state),
    locale: row.locale,
    lines: lines.map((line) => {
      const known = next.next().value ?? null;
      return { ...line, imageUrl: line.imageUrl ?? known };
    }),
    presentmentTotal: row.presentmentTotal.toString(),
    presentmentCurrency: row.presentmentCurrency,
    recoveryUrl: row.recoveryUrl,
  }));
}
