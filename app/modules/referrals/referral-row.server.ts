import { z } from 'zod';
import { evidenceSchema } from './evidence';
import { cancelReasons, referralStates } from './referral-state';
import { offerStates, type Referral } from './types';

const rowSchema = z.object({
  id: z.bigint(),
  advocateId: z.bigint(),
  friendId: z.bigint(),
  programmeVersion: z.number(),
  claimedAt: z.date(),
  state: z.enum(referralStates),
  why: z.enum(cancelReasons).nullable(),
  evidence: z.array(evidenceSchema),
  orderId: z.bigint().nullable(),
  rewardPoints: z.number(),
  offerCode: z.string(),
  offerState: z.enum(offerStates),
  offerStartsAt: z.date().nullable(),
  offerExpiresAt: z.date().nullable(),
  discountId: z.bigint().nullable(),
  poolId: z.bigint().nullable(),
  redeemId: z.bigint().nullable(),
  attempts: z.number(),
  nextAttemptAt: z.date().nullable(),
});

/** A row as the rest of the app knows it. */
export function readReferral(row: unknown): Referral {
  return rowSchema.parse(row);
}
