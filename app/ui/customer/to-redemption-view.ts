import type { Redemption } from '~/modules/loyalty/types';
import type { RedemptionView } from './types';

/** A redemption as the customer page shows it at `now`. */
export function toRedemptionView(redemption: Redemption, now: Date): RedemptionView {
  const { id, terms, code, points, startsAt, expiresAt, error } = redemption;
  return {
    id: String(id),
    title: terms.title,
    code,
    state: shownState(redemption, now),
    points,
    startsAt: startsAt !== null && startsAt > now ? startsAt.toISOString() : null,
    expiresAt: expiresAt?.toISOString() ?? null,
    error,
    hasCode: terms.kind !== 'store_credit',
  };
}

function shownState(redemption: Redemption, now: Date): RedemptionView['state'] {
  const { state, cancelRequestedAt, startsAt, expiresAt } = redemption;
  if (state !== 'confirmed') return state;
  if (cancelRequestedAt !== null) return 'ending';
  if (expiresAt !== null && expiresAt <= now) return 'expired';
  return startsAt !== null && startsAt > now ? 'scheduled' : state;
}
