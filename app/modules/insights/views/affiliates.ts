import { z } from 'zod';
import { pageCursorSchema } from './shared';

export const affiliateTabs = ['all', 'applied', 'approved', 'rejected', 'paused'] as const;

export const affiliateQuerySchema = pageCursorSchema.extend({
  tab: z.enum(affiliateTabs).default('all').catch('all'),
});
export type AffiliateQuery = z.infer<typeof affiliateQuerySchema>;

export interface AffiliateRow {
  id: string;
  name: string | null; // null: erased
  email: string | null;
  state: Exclude<AffiliateQuery['tab'], 'all'>;
  group: string | null;
  clicks: number;
  orders: number; // that earn
  payable: { currency: string; amount: string }[];
}

export interface AffiliateOrderRow {
  orderId: string;
  via: 'code' | 'link' | 'customer';
  code: string | null;
  outcome: 'earns' | 'unpaid' | 'void' | 'own_order' | 'known_customer' | 'later_order';
  net: string;
  commission: string;
  currency: string;
  placedAt: string;
  waits: boolean; // for its hold
}

export interface AffiliatePayoutRow {
  id: string;
  currency: string;
  total: string;
  state: 'open' | 'paid' | 'cancelled';
  reference: string | null;
  createdAt: string;
  payouts: { name: string | null; amount: string }[]; // the largest
  people: number; // in all
}

/** What was paid to one affiliate. */
export interface OwnPayoutRow {
  amount: string;
  currency: string;
  reference: string | null;
  paidAt: string;
}
