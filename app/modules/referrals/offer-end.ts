import type { ProgrammeTerms } from './programme';

const dayMs = 24 * 60 * 60 * 1_000;

/** When a code given to a friend at that moment ends; null: never. */
export function offerEnd({ offerDays }: Pick<ProgrammeTerms, 'offerDays'>, from: Date): Date | null {
  return offerDays === null ? null : new Date(from.getTime() + offerDays * dayMs);
}
