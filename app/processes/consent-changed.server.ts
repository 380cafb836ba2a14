import { applyConsentFacts, settleTicks } from '~/modules/consent/index.server';
import type { CheckoutTick, ConsentFact } from '~/modules/consent/types';
import { recomputeTraits, recordTimeline, resolveProfiles } from '~/modules/customers/index.server';
import { exitRuns } from '~/modules/flows/index.server';
import type { Tx } from '~/platform/db/index.server';
import { consentEarned } from './consent-earned.server';
import { rewardsReached } from './rewards-reached.server';
import { settlePeople } from './settle-people.server';

/** Somebody agreed to e-mail, or no longer does. `checkouts` are what those the facts came from say now. */
export async function consentChanged(
  tx: Tx,
  input: { shopId: number; facts: ConsentFact[]; checkouts?: CheckoutTick[]; now: Date; historic: boolean },
): Promise<void> {
  const { shopId, facts, checkouts = [], now, historic } = input;
  const applied = await applyConsentFacts(tx, { shopId, facts, now });
  const resettled = await settleTicks(tx, { shopId, checkouts });
  const profileIds = [...new Set([...applied.profileIds, ...resettled.profileIds])];
  if (profileIds.length === 0) return;
  const settled = await settlePeople(tx, { shopId, now });
  await exitRuns(tx, { shopId, profileIds, event: 'unsubscribed', now });
  await recordDecisions(tx, { shopId, facts, now });
  const people = [...profileIds, ...settled.profileIds];
  const earned = await consentEarned(tx, { shopId, profileIds: people, now });
  if (!historic) await rewardsReached(tx, { shopId, profileIds: earned.profileIds, now });
  await recomputeTraits(tx, { shopId, profileIds: people, now });
}

/** Every decision there was, not only those that changed something: the timeline must not depend on what came first. */
async function recordDecisions(
  tx: Tx,
  input: { shopId: number; facts: ConsentFact[]; now: Date },
): Promise<void> {
  const { shopId, now } = input;
  const decisions = input.facts.filter(({ state }) => state !== 'not_subscribed');
  const people = await resolveProfiles(tx, {
    shopId,
    people: decisions.map(({ shopifyCustomerId, email, occurredAt }) => {
      return { shopifyCustomerId, email, phone: null, seenAt: occurredAt };
    }),
    now,
  });
  const events = decisions.flatMap(({ state, source, key, occurredAt }, index) => {
    const profileId = people[index];
    if (profileId == null) return [];
    return [{ profileId, kind: 'consent_changed' as const, key, occurredAt, data: { state, source } }];
  });
  await recordTimeline(tx, { shopId, events });
}
