import type { Redemption } from '~/modules/loyalty/types';

/** What the actions of the customer page answer: done (with the code of a reward, if it is ready), or what to correct, by field. */
export type ProfileActionResult =
  | { done: true; code?: string | null }
  | { errors: { points?: string; reason?: string; reward?: string; birthday?: string } };

/** A redemption as the loader sends it. */
export interface RedemptionView {
  id: string;
  title: string;
  code: string;
  /** The redemption's, or `ending` (a cancellation waits for Shopify), `scheduled` (its start was moved), `expired`. */
  state: Redemption['state'] | 'ending' | 'scheduled' | 'expired';
  points: number;
  /** Where it can't be used before. */
  startsAt: string | null;
  expiresAt: string | null;
  error: string | null;
  /** False for store credit, which is the customer's money, and has no code. */
  hasCode: boolean;
}

/** A reward that can be chosen. */
export interface RewardOption {
  id: string;
  title: string;
  points: number;
  /** Where the points can be chosen: from `points` to here. */
  most: number | null;
}
