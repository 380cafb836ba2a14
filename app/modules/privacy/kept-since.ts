const dayMs = 24 * 60 * 60 * 1_000;
const daysKept = 30;

/** Exports made before this moment are over at `now`. */
export function keptSince(now: Date): Date {
  return new Date(now.getTime() - daysKept * dayMs);
}
