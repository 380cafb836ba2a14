import { z } from 'zod';
import type { PersonRef } from '~/modules/customers/types';

export const cartLineSchema = z.object({
  variantId: z.string().nullable(),
  productId: z.string().nullable(),
  title: z.string(),
  variantTitle: z.string().nullable(),
  quantity: z.number().int(),
  price: z.string(), // unit, presentment currency
  imageUrl: z.string().nullable(),
});

export type CartLine = z.infer<typeof cartLineSchema>;

export const cartStateSchema = z.enum(['open', 'abandoned', 'recovered', 'ordered', 'replaced', 'deleted']);

export type CartState = z.infer<typeof cartStateSchema>;

/** A checkout or storefront cart as Shopify described it at `updatedAt`. */
export interface CheckoutFact {
  token: string;
  kind: 'checkout' | 'cart';
  cartToken: string | null;
  person: PersonRef | null;
  locale: string | null;
  currency: string | null;
  presentmentCurrency: string | null;
  total: string | null; // shop currency; null: told in the customer's currency only
  presentmentTotal: string;
  lines: CartLine[];
  recoveryUrl: string | null;
  acceptsMarketing: boolean;
  createdAt: Date;
  updatedAt: Date;
  /** When Shopify sent this; finer than `updatedAt`, which counts seconds: a form is filled in within one. */
  toldAt?: Date;
  completedAt: Date | null;
  deleted?: boolean;
}
