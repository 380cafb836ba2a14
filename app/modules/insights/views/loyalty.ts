/** People who ordered, and how many of them more than once. */
export interface OrderedAgain {
  people: number;
  again: number;
}

export interface LoyaltyOverview {
  members: number; // people who have or had points
  /** Whether the figures below are of every customer; otherwise they are of a sample, and good for shares only. */
  exact: boolean;
  customers: number; // people who ordered
  participants: number; // of them, members
  redeemers: OrderedAgain; // members who redeemed a reward
  others: OrderedAgain; // members who never did
  topRewards: { id: string; title: string; redeemed: number; used: number }[]; // at most 5, most redeemed first
}

export interface LoyaltySetup {
  earnRule: boolean; // looked at by the merchant
  reward: boolean; // there is one customers can choose
}

export interface TierState {
  members: { tierId: number; people: number }[]; // tiers somebody is in
  recompute: { done: number; total: number } | null; // running now
}

/** Where a person stands in the shop's tiers, and what is missing to the next one. Figures are decimal strings. */
export interface ProfileTierView {
  basis: string;
  currency: string;
  figure: string;
  name: string | null;
  multiplier: string | null;
  since: string | null;
  until: string | null;
  inGrace: boolean;
  next: { name: string; threshold: string } | null;
}

/** What Shopify is told of customers, and how that goes. */
export interface Connections {
  shareStandings: boolean;
  tagTiers: boolean;
  namespace: string | null; // of the fields, as themes spell it; null until something was told
  tierName: string | null; // of the first tier, for examples
  waiting: number; // customers to tell, counted up to a limit
  refused: number; // whom Shopify would not take and nobody tries now
  lastError: string | null;
  flow: {
    triggers: string[]; // that workflows begin with
    waiting: number;
    refused: number;
    lastError: string | null;
  };
}
