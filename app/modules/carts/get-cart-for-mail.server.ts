import type { CartLine, CartState } from './types';
export interface CartForMail {
  token: string;
  publicId: string;
  state: CartState;
  locale: string | null;
  lines: CartLine[];
  presentmentTotal: string;
  presentmentCurrency: string | null;
  recoveryUrl: string | null;
}
import type { Tx } from '~/platform/db/index.server';

export async function getCartForMail(
  _tx: Tx,
  _input: { shopId: number; token: string },
): Promise<CartForMail> {
  throw new Error('getCartForMail is being built');
}
