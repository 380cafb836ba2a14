import { z } from 'zod';

const draftSchema = z.object({ shareStandings: z.boolean(), tagTiers: z.boolean() });

export type StandingsDraft = z.infer<typeof draftSchema>;

/** Two switches can't be wrong; what is not two switches is refused. */
export function parseStandingsDraft(draft: unknown): StandingsDraft {
  return draftSchema.parse(draft);
}
