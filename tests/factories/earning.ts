import { updateEarnAction } from '~/modules/loyalty/index.server';
import type { EarnAction, EarnActionDraft } from '~/modules/loyalty/types';
import { withShop } from '~/platform/db/index.server';

const earnLaunch = new Date('2026-03-01T00:00:00Z');

export function earnDraft(overrides: Partial<EarnActionDraft> = {}): EarnActionDraft {
  return {
    trigger: 'review',
    event: null,
    title: 'Write a review',
    points: 50,
    enabled: true,
    startsOn: null,
    endsOn: null,
    capTimes: null,
    capPeriod: 'ever',
    pendingDays: 0,
    minimum: null,
    url: null,
    ...overrides,
  };
}

/** A way to earn of a shop: 50 points for each review unless told otherwise. */
export function anEarnAction(
  shopId: number,
  overrides: Partial<EarnActionDraft> = {},
  now = earnLaunch,
): Promise<EarnAction> {
  return withShop(shopId, (tx) => updateEarnAction(tx, { shopId, draft: earnDraft(overrides), now }));
}
