/** What a workflow in Shopify Flow can begin with: the handles of the extensions `extensions/flow-*`. */
export const signalHandles = [
  'loyalty-points-earned',
  'loyalty-tier-changed',
  'loyalty-reward-redeemed',
  'referral-qualified',
] as const;
export type SignalHandle = (typeof signalHandles)[number];

/** Told once per handle and key. Fields are those of the extension; the customer is added when it is told. */
export interface SignalInput {
  handle: SignalHandle;
  key: string;
  profileId: bigint;
  fields: Record<string, string | number>;
  occurredAt: Date;
}

/** What a shop's workflows begin with, and since when. */
export type SignalUses = Map<SignalHandle, Date>;
