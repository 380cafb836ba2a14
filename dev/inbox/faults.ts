import { z } from 'zod';

/** How the mail server treats what it is given. */
export const faultsSchema = z.object({
  mode: z.enum(['accept', 'temporary', 'permanent', 'slow', 'bounce-address']).default('accept'),
  /** `bounce-address`: recipients that are refused for good (550). */
  addresses: z.array(z.string()).default([]),
  /** `slow`: how long each message takes. */
  delayMs: z.number().int().nonnegative().default(3000),
  /** After this many messages the mode goes back to `accept`; absent: it stays. */
  count: z.number().int().positive().optional(),
});
export type Faults = z.infer<typeof faultsSchema>;

export const NO_FAULTS: Faults = faultsSchema.parse({});
