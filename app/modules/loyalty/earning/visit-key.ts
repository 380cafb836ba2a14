import type { CapPeriod } from './earn-action';
import { startOfPeriod } from './compute-earnings';

/** The natural key of a visit by our own link: one per person and period of the cap. `day` is YYYY-MM-DD, of the shop. */
export function visitKey(profileId: bigint, period: CapPeriod, day: string): string {
  return `link:${profileId}:${startOfPeriod(day, period)}`;
}
