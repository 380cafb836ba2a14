const dayMs = 86_400_000;

/** A day counted from 1970 as `YYYY-MM-DD`. */
export function isoDay(day: number): string {
  return new Date(day * dayMs).toISOString().slice(0, 10);
}

/** The day counted from 1970 that `YYYY-MM-DD` names. */
export function dayOf(iso: string): number {
  return Date.parse(`${iso}T00:00:00Z`) / dayMs;
}

/** The day of a moment in a time zone, as `YYYY-MM-DD`. */
export function isoDayIn(timeZone: string, moment: Date): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone }).format(moment);
}
