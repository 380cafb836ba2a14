import { foldLots, isActivity, noticeDays, type LifeEntry } from './expiry';
import type { ExpiryRule } from './types';

/** Points that go together if nothing happens meanwhile. Days are counted from 1970 in the shop's time zone. */
export interface NextExpiry {
  points: number;
  lastDay: number; // on which they can still be spent
}

/**
 * The next points somebody loses by the rule, and until when they can spend them; null when none will. Says what
 * `planExpiry` will do if nothing is earned, spent or refunded until then. What is due already, and not taken yet, can be
 * spent today.
 */
export function nextExpiry(
  entries: LifeEntry[],
  rule: ExpiryRule & { startDay: number },
  today: number,
): NextExpiry | null {
  if (rule.mode === 'never') return null;
  const lots = foldLots(entries).lots.filter(({ left }) => left > 0);
  if (lots.length === 0) return null;
  const lastActivity = Math.max(...entries.filter(isActivity).map(({ day }) => day));
  const goneOn = (lot: { day: number }): number =>
    Math.max(
      (rule.mode === 'age' ? lot.day : lastActivity) + rule.days + 1,
      rule.startDay + noticeDays,
      today + 1,
    );
  const first = Math.min(...lots.map(goneOn));
  const going = lots.filter((lot) => goneOn(lot) === first);
  return { points: going.reduce((points, { left }) => points + left, 0), lastDay: first - 1 };
}
