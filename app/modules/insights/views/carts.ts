import { z } from 'zod';
import { type ListPage, type ShopView, pageCursorSchema } from './shared';

export const cartTabs = ['open', 'abandoned', 'recovered'] as const;
export type CartTab = (typeof cartTabs)[number];

export const cartQuerySchema = pageCursorSchema.extend({
  tab: z.enum(cartTabs).default('abandoned').catch('abandoned'),
});
export type CartQuery = z.infer<typeof cartQuerySchema>;

export interface CartRow {
  token: string;
  kind: string;
  state: string;
  profileId: string | null;
  profileName: string | null;
  email: string | null;
  total: string;
  presentmentTotal: string;
  presentmentCurrency: string;
  lines: {
    title: string;
    variantTitle: string | null;
    quantity: number;
    price: string;
    imageUrl: string | null;
  }[];
  startedAt: string;
  lastActivityAt: string;
  abandonedAt: string | null;
  closedAt: string | null;
  orderId: string | null;
  orderName: string | null;
  recoveredAmount: string | null;
}

export interface CartFigures {
  open: { count: number; amount: string }; // now
  abandoned: { count: number; amount: string }; // now, last 30 days
  recovered: { count: number; amount: string }; // last 30 days
  rate: string | null; // recovered / ever abandoned, of those abandoned in the last 30 days; null when there were none
}

export interface CartsPage {
  shop: ShopView;
  carts: ListPage<CartRow>;
  figures: CartFigures;
}
