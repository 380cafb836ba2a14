import { findByIdentity, recomputeTraits, recordTimeline } from '~/modules/customers/index.server';
import { applyEarnEvents, findEarned, getBalance, listEarnActions } from '~/modules/loyalty/index.server';
import type { Balance } from '~/modules/loyalty/types';
import type { Tx } from '~/platform/db/index.server';
import { rewardsReached } from './rewards-reached.server';

export interface EventReported {
  shopId: number;
  event: string; // review, social_visit, or the name of a custom one
  eventId: string; // the caller's: telling it again changes nothing
  customer: { shopifyCustomerId: bigint } | { email: string }; // e-mail normalised
  occurredAt: Date;
  amount?: string; // shop currency
  now: Date;
}

export type EventAnswer =
  { status: 'unknown_event' | 'unknown_customer' } | { status: 'recorded' | 'known'; balance: Balance };

/**
 * Another system tells that a customer did something that may earn points. Idempotent by event and id: what was told first
 * stays. What happened before somebody turned up here as a customer can be told again later.
 */
export async function eventReported(tx: Tx, input: EventReported): Promise<EventAnswer> {
  const { shopId, event, eventId: key, customer, occurredAt, amount, now } = input;
  const code = event === 'review' || event === 'social_visit' ? event : `custom:${event}`;
  const actions = await listEarnActions(tx, { shopId });
  const action = actions.find((one) => one.code === code);
  if (!action) return { status: 'unknown_event' };
  const profileId = await findByIdentity(tx, { shopId, ...customer });
  if (profileId === null) return { status: 'unknown_customer' };
  const happening = { profileId, code, key, occurredAt, ...(amount !== undefined && { amount }) };
  const { profileIds, fresh } = await applyEarnEvents(tx, { shopId, happenings: [happening], now });
  if (fresh.has(key)) {
    const data = { title: action.title, points: await findEarned(tx, { shopId, code, key }) };
    const entry = { profileId, kind: 'event_earned' as const, key: `${code}:${key}`, occurredAt, data };
    await recordTimeline(tx, { shopId, events: [entry] });
  }
  await rewardsReached(tx, { shopId, profileIds, now });
  await recomputeTraits(tx, { shopId, profileIds, now });
  const status = fresh.has(key) ? 'recorded' : 'known';
  return { status, balance: await getBalance(tx, { shopId, profileId }) };
}
