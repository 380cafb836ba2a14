import type { ComingExpiry } from './expiry';

/** A warning that was given, or is to be given: about points due from `dueDay` on, `warningDay` days before. */
export interface ExpiryWarning {
  dueDay: number;
  warningDay: number;
}

/** A warning speaks of all points due within a week, so that who buys every day isn't warned every day. */
export const warningSpanDays = 7;

/**
 * The warning to give today about what comes (soonest first): for the first points that are due within one of
 * `warningDays` and that no earlier warning of that many days spoke of. Who is already within several gets the last one
 * only. A warning longer before than points live is none. Null when there is nothing to say.
 */
export function planWarning(
  coming: ComingExpiry[],
  input: { today: number; lifeDays: number; warningDays: number[]; warned: ExpiryWarning[] },
): ExpiryWarning | null {
  const days = input.warningDays.filter((day) => day < input.lifeDays).sort((a, b) => a - b);
  for (const { dueDay } of coming) {
    const warningDay = days.find((day) => dueDay - input.today <= day);
    if (warningDay === undefined) return null;
    const told = input.warned.some(
      (earlier) => earlier.warningDay === warningDay && isWithin(dueDay, earlier.dueDay),
    );
    if (!told) return { dueDay, warningDay };
  }
  return null;
}

/** What is still to expire of what a warning about `dueDay` speaks of, and when the first of it does. */
export function sumWarned(coming: ComingExpiry[], dueDay: number): ComingExpiry | null {
  const warned = coming.filter((one) => isWithin(one.dueDay, dueDay));
  const [first] = warned;
  return first ? { dueDay: first.dueDay, points: warned.reduce((sum, { points }) => sum + points, 0) } : null;
}

function isWithin(dueDay: number, from: number): boolean {
  return dueDay >= from && dueDay < from + warningSpanDays;
}
