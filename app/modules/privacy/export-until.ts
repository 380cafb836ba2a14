const dayMs = 24 * 60 * 60 * 1_000;

/** How long an export is kept after it was made. */
export const daysKept = 30;

/** When an export made at `finishedAt` is dropped. */
export function exportUntil(finishedAt: Date): Date {
  return new Date(finishedAt.getTime() + daysKept * dayMs);
}

/** Exports made before this moment are over at `now`. */
export function keptSince(now: Date): Date {
  return new Date(now.getTime() - daysKept * dayMs);
}
