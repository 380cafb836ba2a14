import type { AccountingPeriod } from '~/modules/loyalty/types';

export interface LoyaltyWeek {
  monday: string; // YYYY-MM-DD
  earned: number; // after what was taken back
  redeemed: number; // after what rewards gave back
}

/** Weeks that begin on Mondays out of days, oldest first; the last `count` of them, the present one included. */
export function toWeeks(days: AccountingPeriod[], count: number): LoyaltyWeek[] {
  const weeks = new Map<string, LoyaltyWeek>();
  for (const { period, earned, reversed, redeemed } of days) {
    const monday = mondayOf(period);
    const week = weeks.get(monday) ?? { monday, earned: 0, redeemed: 0 };
    weeks.set(monday, {
      monday,
      earned: week.earned + earned + reversed,
      redeemed: week.redeemed - redeemed,
    });
  }
  return [...weeks.values()].slice(-count);
}

function mondayOf(day: string): string {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() - ((at.getUTCDay() + 6) % 7));
  return at.toISOString().slice(0, 10);
}
