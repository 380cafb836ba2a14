import type { Decimal } from '~/platform/money';
import type { CapPeriod, EarnAction } from './earn-action';

/** Something a person did, of one code. */
export interface EarnedFor {
  id: bigint;
  key: string;
  occurredAt: Date;
  localDay: string; // YYYY-MM-DD in the shop's time zone
  amount: Decimal | null;
}

export interface Earning {
  points: number; // 0: it gives nothing
  action: EarnAction | null; // the version it is judged by
}

/**
 * What each of a person's happenings of one code gives: by the version in force when it happened, within that version's
 * window, from its minimum on, and no oftener than its cap allows. The first of a period count, by when they happened, so it
 * does not matter in which order they were told. Pure; times are those of the happening, periods of the shop's calendar.
 */
export function computeEarnings(happenings: EarnedFor[], versions: EarnAction[]): Map<bigint, Earning> {
  const earnings = new Map<bigint, Earning>();
  const earned: EarnedFor[] = [];
  for (const happening of happenings.toSorted(byTime)) {
    const action = versions.findLast(({ effectiveFrom }) => effectiveFrom <= happening.occurredAt) ?? null;
    const counts = action !== null && gives(action, happening) && isWithinCap(action, happening, earned);
    if (counts) earned.push(happening);
    earnings.set(happening.id, { points: counts ? action.points : 0, action });
  }
  return earnings;
}

/** Whether a way to earn gives anything on a day (YYYY-MM-DD of the shop's calendar), caps apart. */
export function isOpen(
  { enabled, startsOn, endsOn }: Pick<EarnAction, 'enabled' | 'startsOn' | 'endsOn'>,
  day: string,
): boolean {
  return enabled && (startsOn === null || startsOn <= day) && (endsOn === null || day <= endsOn);
}

function gives(action: EarnAction, { localDay, amount }: EarnedFor): boolean {
  const enough = action.minimum === null || (amount?.greaterThanOrEqualTo(action.minimum) ?? false);
  return enough && isOpen(action, localDay);
}

function isWithinCap({ capTimes, capPeriod }: EarnAction, { localDay }: EarnedFor, earned: EarnedFor[]) {
  if (capTimes === null) return true;
  const period = startOfPeriod(localDay, capPeriod);
  const before = earned.filter((other) => startOfPeriod(other.localDay, capPeriod) === period);
  return before.length < capTimes;
}

/** What the days of one period have in common: the year, the month, the day itself. */
export function startOfPeriod(localDay: string, period: CapPeriod): string {
  const lengths: Record<CapPeriod, number> = { ever: 0, year: 4, month: 7, day: 10 };
  return localDay.slice(0, lengths[period]);
}

function byTime(a: EarnedFor, b: EarnedFor): number {
  return a.occurredAt.getTime() - b.occurredAt.getTime() || (a.key < b.key ? -1 : 1);
}
