import { z } from 'zod';
import type { RunContext } from './types';

/** What a run is about, as stored. */
export const runContextSchema: z.ZodType<RunContext> = z.strictObject({
  cartToken: z.string().min(1).optional(),
  orderId: z.string().regex(/^\d+$/).optional(),
  dueDay: z.iso.date().optional(),
  tierId: z.string().regex(/^\d+$/).optional(),
  rewardId: z.string().regex(/^\d+$/).optional(),
  referralId: z.string().regex(/^\d+$/).optional(),
});
