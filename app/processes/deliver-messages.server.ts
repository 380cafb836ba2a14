import { listCartsForMail } from '~/modules/carts/index.server';
import { checkRecipients, suppress } from '~/modules/consent/index.server';
import { recomputeTraits, recordTimeline } from '~/modules/customers/index.server';
import type { TimelineInput } from '~/modules/customers/types';
import { listEndedRuns } from '~/modules/flows/index.server';
import { deliver, type DeliverySteps } from '~/modules/messaging/index.server';
import type { CartInMail, DeliveryOutcome } from '~/modules/messaging/types';
import { clock } from '~/platform/clock.server';
import type { Tx } from '~/platform/db/index.server';
import { loadLoyalty } from './load-loyalty.server';
import { loadReferrals } from './load-referrals.server';

/**
 * Sends what is due for a shop: messaging takes, renders and hands over; the carts come from carts, points and rewards from
 * loyalty, links and friends' codes from referrals, the last word on consent from consent; what happened is noted on the customers' timelines, and a dead address is suppressed. With a limit it
 * stops after that long; `more` says that there is more.
 */
export async function deliverMessages(
  shopId: number,
  options: { limitMs?: number } = {},
): Promise<{ more: boolean }> {
  return deliver({ shopId, now: () => clock.now(), realNow, steps, ...options });
}

/** What a clock moved by development says, moved back. */
export function realNow(): Date {
  return new Date(clock.now().getTime() - clock.offset());
}

const steps: DeliverySteps = {
  loadCarts,
  loadLoyalty,
  loadReferrals,
  findEnded: listEndedRuns,
  checkRecipients,
  noteOutcomes,
};

async function loadCarts(
  tx: Tx,
  input: { shopId: number; tokens: string[] },
): Promise<Map<string, CartInMail>> {
  const carts = await listCartsForMail(tx, input);
  return new Map(carts.map((cart) => [cart.token, cart]));
}

async function noteOutcomes(
  tx: Tx,
  input: { shopId: number; outcomes: DeliveryOutcome[]; now: Date },
): Promise<void> {
  const { shopId, now } = input;
  // What goes to nobody in particular (tests, people who are no customers) is on no timeline.
  const outcomes = input.outcomes.filter(({ kind, profileId }) => kind !== 'test' && profileId !== 0n);
  if (outcomes.length === 0) return;
  const dead = outcomes.flatMap((outcome) => (outcome.outcome === 'bounced' ? [outcome.email] : []));
  await suppress(tx, { shopId, emails: dead, reason: 'hard_bounce', now });
  await recordTimeline(tx, { shopId, events: outcomes.flatMap((outcome) => toTimeline(outcome, now)) });
  const touched = outcomes
    .filter((outcome) => outcome.outcome === 'sent')
    .map((outcome) => outcome.profileId);
  if (touched.length > 0) await recomputeTraits(tx, { shopId, profileIds: [...new Set(touched)], now });
}

function toTimeline(outcome: DeliveryOutcome, now: Date): TimelineInput[] {
  const { messageId, profileId, templateKey } = outcome;
  const about = { profileId, key: messageId.toString(), occurredAt: now };
  const data = { messageId: messageId.toString(), templateKey };
  if (outcome.outcome === 'sent') return [{ ...about, kind: 'email_sent', data }];
  if (outcome.outcome === 'withheld')
    return [{ ...about, kind: 'email_withheld', data: { ...data, reason: outcome.reason } }];
  return [{ ...about, kind: 'email_withheld', data: { ...data, reason: 'unknown_user' } }];
}
