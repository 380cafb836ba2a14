import { z } from 'zod';

export const rewardKinds = [
  'amount_off',
  'percentage',
  'free_shipping',
  'free_product',
  'store_credit',
  'gift_card',
] as const;
export type RewardKind = (typeof rewardKinds)[number];

/** An amount as the database gives it, or nothing. */
const amount = z.string().regex(/^\d{1,12}(\.\d{1,4})?$/);

const points = z.number().int().min(1).max(10_000_000);

/** The shopper chooses how many points to spend: from the reward's `points` on, in steps, for 1.00 per `perUnit` points. */
export const sliderSchema = z.object({ perUnit: points, most: points, step: points });
export type Slider = z.infer<typeof sliderSchema>;

/** What a reward gives and asks. A redemption keeps a copy, so that a change of the reward never changes what was chosen. */
export const rewardTermsSchema = z.object({
  title: z.string().trim().min(1).max(100),
  kind: z.enum(rewardKinds),
  value: amount.nullable(), // shop currency, or percent; null for free shipping, and where it is known once it is chosen
  variantId: z
    .string()
    .regex(/^\d{1,18}$/)
    .nullable()
    .default(null), // of a free product
  points, // its price; the least of a slider
  slider: sliderSchema.nullable().default(null),
  tierIds: z.array(z.number().int().positive()).max(50).default([]), // who may have it; none: everybody
  minimumSubtotal: amount.nullable(), // of goods in the cart, shop currency
  validityDays: z.number().int().min(1).max(3_650).nullable(), // null: the code never ends
  perCustomerLimit: z.number().int().min(1).max(1_000).nullable(), // null: as often as they like
  combinesWithOrder: z.boolean(),
  combinesWithProduct: z.boolean(),
  combinesWithShipping: z.boolean(),
});

export type RewardTerms = z.infer<typeof rewardTermsSchema>;

export interface Reward extends RewardTerms {
  id: bigint;
  enabled: boolean;
}

/** A reward in the merchant's list. */
export interface RewardSummary extends Reward {
  redeemed: number; // chosen, and neither released nor cancelled
  used: number; // of these, with an order
}

/** Kinds whose points the shopper may choose. */
export const sliderKinds: readonly RewardKind[] = ['amount_off', 'store_credit', 'gift_card'];

/** Kinds that are a discount code; the others are money, which Shopify's orders do not name. */
export function isDiscount(kind: RewardKind): boolean {
  return kind !== 'store_credit' && kind !== 'gift_card';
}

/** How long after its end a code is looked at: Shopify counts uses a little later, and orders may still be on their way. */
export const endedMarginMs = 24 * 60 * 60 * 1_000;

export const redemptionStates = [
  'reserved',
  'confirmed',
  'released',
  'cancelled',
  'used',
  'unknown', // store credit was asked for, the answer was lost: the merchant looks
] as const;
export type RedemptionState = (typeof redemptionStates)[number];

export interface Redemption {
  id: bigint;
  profileId: bigint;
  rewardId: bigint;
  points: number;
  terms: RewardTerms;
  code: string;
  state: RedemptionState;
  held: number; // in the person's reserved account
  spent: number; // gone for it
  moves: number;
  discountId: bigint | null; // Shopify's DiscountCodeNode, GiftCard or store credit transaction
  sentAt: Date | null; // store credit was asked for
  orderId: bigint | null;
  startsAt: Date | null; // moved in Shopify; null: usable at once
  expiresAt: Date | null;
  reservedAt: Date;
  cancelRequestedAt: Date | null;
  settledAt: Date | null; // since when it is released, cancelled or used
  attempts: number;
  nextAttemptAt: Date | null;
  error: string | null;
}
