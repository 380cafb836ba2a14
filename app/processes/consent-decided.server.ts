import { subscribe, unsubscribe } from '~/modules/consent/index.server';
import { getProfile, recomputeTraits, recordTimeline } from '~/modules/customers/index.server';
import { exitRuns } from '~/modules/flows/index.server';
import type { Tx } from '~/platform/db/index.server';
import { consentEarned } from './consent-earned.server';
import { rewardsReached } from './rewards-reached.server';

export interface ConsentDecided {
  shopId: number;
  profileId: bigint;
  state: 'subscribed' | 'unsubscribed';
  staff: string;
  key: string; // of the form that was submitted: submitting it again changes nothing
  now: Date;
}

/**
 * A member of staff passes on what a customer decided about e-mails: the evidence and the news for Shopify, the end of
 * running flows, the timeline, the figures of the customer. Idempotent by `key`. Throws
 * `not_found` for a customer who is not there.
 */
export async function consentDecided(tx: Tx, input: ConsentDecided): Promise<void> {
  const { shopId, profileId, state, staff, key, now } = input;
  await getProfile(tx, { shopId, profileId });
  const decision = {
    shopId,
    profileId,
    source: 'merchant' as const,
    key: `merchant:${key}`,
    evidence: { staff },
    now,
  };
  const { changed } = await (state === 'subscribed' ? subscribe(tx, decision) : unsubscribe(tx, decision));
  if (!changed) return;
  if (state === 'unsubscribed')
    await exitRuns(tx, { shopId, profileIds: [profileId], event: 'unsubscribed', now });
  await recordTimeline(tx, {
    shopId,
    events: [
      {
        profileId,
        kind: 'consent_changed',
        key: `merchant:${key}`,
        occurredAt: now,
        data: { state, source: 'merchant' },
      },
    ],
  });
  const earned = await consentEarned(tx, { shopId, profileIds: [profileId], now });
  await rewardsReached(tx, { shopId, profileIds: earned.profileIds, now });
  await recomputeTraits(tx, { shopId, profileIds: [profileId], now });
}
