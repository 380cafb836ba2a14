export const maxAttempts = 8;

const minute = 60_000;
const longestPauseMs = 6 * 60 * minute;

/** When a mail the server put off is tried again: 1, 4, 16, 64 minutes, 4 hours, then every 6; null when it is enough. */
export function nextAttempt(attempts: number, now: Date): Date | null {
  if (attempts >= maxAttempts) return null;
  return new Date(now.getTime() + Math.min(minute * 4 ** (attempts - 1), longestPauseMs));
}

/** When the mail server is tried again after it could not be reached; no attempt is counted. */
export function nextConnection(now: Date): Date {
  return new Date(now.getTime() + minute);
}

/** Written so long ago that what it was written for may not hold any more. */
export function isLate(createdAt: Date, now: Date): boolean {
  return now.getTime() - createdAt.getTime() > 10 * minute;
}

/** A reminder that comes days late annoys: what could not be sent in time is withheld. */
export function isTooLate(kind: string, createdAt: Date, now: Date): boolean {
  return kind === 'marketing' && now.getTime() - createdAt.getTime() > 72 * 60 * minute;
}
