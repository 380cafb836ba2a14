import { planComingExpiry, type LifeEntry } from './expiry';
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
  const [next] = planComingExpiry(entries, rule, today);
  return next ? { points: next.points, lastDay: next.dueDay - 1 } : null;
}
