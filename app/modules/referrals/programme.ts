import { z } from 'zod';

export const offerKinds = ['amount_off', 'percentage'] as const;

/** An amount above 0 as text, as the database gives it. */
const amount = z
  .string()
  .regex(/^\d{1,9}(\.\d{1,4})?$/)
  .refine((value) => Number(value) > 0);

/** What friends and advocates get, and how carefully. A claim keeps the version it was made under. */
export const programmeTermsSchema = z
  .object({
    enabled: z.boolean(),
    offerKind: z.enum(offerKinds),
    offerValue: amount, // shop currency, or percent
    minimumOrder: amount.nullable(), // goods before discounts, shop currency; null: any order
    offerDays: z.number().int().min(1).max(3_650).nullable(), // how long a friend's code works; null: it never ends
    rewardPoints: z.number().int().min(1).max(1_000_000),
    holdDays: z.number().int().min(0).max(365), // after the order was paid
    firstOrderOnly: z.boolean(), // friends who have bought before are none
    approveClean: z.boolean(), // after the hold, what nothing speaks against needs no review
    clawBack: z.boolean(), // a refund after the hold takes the reward back
  })
  .refine(({ offerKind, offerValue }) => offerKind !== 'percentage' || Number(offerValue) <= 100, {
    path: ['offerValue'],
  });

export type ProgrammeTerms = z.infer<typeof programmeTermsSchema>;

export interface ReferralProgramme extends ProgrammeTerms {
  version: number;
  effectiveFrom: Date;
}

/** What a merchant starts from. Off, held for 30 days, and nothing is paid without somebody's approval. */
export const defaultProgramme: ProgrammeTerms = {
  enabled: false,
  offerKind: 'amount_off',
  offerValue: '10',
  minimumOrder: '30',
  offerDays: 30,
  rewardPoints: 500,
  holdDays: 30,
  firstOrderOnly: true,
  approveClean: false,
  clawBack: false,
};
