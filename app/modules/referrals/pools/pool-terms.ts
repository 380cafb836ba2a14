import type { ProgrammeTerms } from '../programme';

/** How many codes are kept ahead, and at how few more are added. Shopify takes 250 at once. */
export const stock = { full: 250, low: 100 };

const dayMs = 24 * 60 * 60 * 1_000;
const openDays = 30;

/** Offers that are the same for friends, whatever version of the programme says so, share a pool. */
export function poolKey({ offerKind, offerValue, minimumOrder, offerDays }: ProgrammeTerms): string {
  const minimum = minimumOrder === null ? '' : Number(minimumOrder);
  return [offerKind, Number(offerValue), minimum, offerDays ?? ''].join(':');
}

/** Whether a discount that ends then can be used for all of the days a friend is promised now. */
export function outlasts(
  endsAt: Date | null,
  { offerDays }: Pick<ProgrammeTerms, 'offerDays'>,
  now: Date,
): boolean {
  if (endsAt === null) return true;
  return offerDays !== null && endsAt.getTime() >= now.getTime() + offerDays * dayMs;
}

/**
 * How long a pool gives codes, and when its discount ends: for the last who got one a day later than promised. Shopify ends it
 * even when nobody is left to ask for that. Offers without an end have pools without one.
 */
export function poolSpan(
  { offerDays }: ProgrammeTerms,
  now: Date,
): { closesAt: Date | null; endsAt: Date | null } {
  if (offerDays === null) return { closesAt: null, endsAt: null };
  const after = (days: number) => new Date(now.getTime() + days * dayMs);
  return { closesAt: after(openDays), endsAt: after(openDays + offerDays + 1) };
}
