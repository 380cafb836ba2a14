import { z } from 'zod';
import { type ListPage, type ShopView, pageCursorSchema } from './shared';

export const referralTabs = ['review', 'held', 'claimed', 'rewarded', 'stopped'] as const;
export type ReferralTab = (typeof referralTabs)[number];

export const referralQuerySchema = pageCursorSchema.extend({
  tab: z.enum(referralTabs).default('review').catch('review'),
});
export type ReferralQuery = z.infer<typeof referralQuerySchema>;

export interface ReferralPerson {
  id: string;
  name: string | null; // or their address; null when nothing is known any more
}

export interface ReferralRow {
  id: string;
  state: string;
  why: string | null;
  evidence: { kind: string; blocks: boolean; count: number }[];
  claimedAt: string;
  holdUntil: string | null;
  decision: string | null;
  decisionReason: string | null;
  decidedAt: string | null;
  points: number; // that the advocate has because of it
  offerCode: string;
  offerState: string; // none, making, made, refused, ending, ended, expired
  offerError: string | null; // Shopify's answer, as a sentence
  order: { name: string; total: string } | null;
  advocate: ReferralPerson;
  friend: ReferralPerson;
}

export const referralSteps = ['clicked', 'claimed', 'ordered', 'held', 'rewarded'] as const;
export type ReferralFunnel = { step: (typeof referralSteps)[number]; count: number }[];

export interface ReferralsPage {
  shop: ShopView;
  programme: 'none' | 'off' | 'on';
  referrals: ListPage<ReferralRow>;
  waiting: number; // for the merchant's decision
  funnel: ReferralFunnel;
}
