import type { Redemption } from '~/modules/loyalty/types';
import type { RedemptionView } from './types';

/** A redemption as the customer page shows it at `now`. */
export function toRedemptionView(redemption: Redemption, now: Date): RedemptionView {
  const { id, terms, code, points, expiresAt, error } = redemption;
  return {
    id: String(id),
    title: terms.title,
    code,
    state: shownState(redemption, now),
    points,
    expiresAt: expiresAt?.toISOString() ?? null,
    error,
    hasCode: terms.kind !== 'store_credit',
  };
}

function shownState({ state, cancelRequestedAt, expiresAt }: Redemption, now: Date): RedemptionView['state'] {
  if (state !== 'confirmed') return state;
  if (cancelRequestedAt !== null) return 'ending';
  return expiresAt !== null && expiresAt <= now ? 'expired' : state;
}
