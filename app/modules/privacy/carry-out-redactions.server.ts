import { lockPeople } from '~/modules/customers/index.server';
import { suppress } from '~/modules/consent/index.server';
import type { Tx } from '~/platform/db/index.server';
import { forgetPeople } from './forget-people.server';
import { openRequests } from './open-requests.server';
import { scrubDeliveries } from './scrub-deliveries.server';
import { findSubjects } from './subjects.server';
import type { CustomerRedactFact } from './types';
import { writeTombstones } from './write-tombstones.server';

const deliveriesAtOnce = 20_000;

/**
 * Forgets people: their rows, their addresses wherever they stand, and the raw deliveries that name them (the first 20,000
 * of them now, the rest by the sweep). What is left are ledger entries, the money of orders, and keyed hashes that keep
 * them forgotten and unmailed. Set-wise; idempotent, also for people we never knew. Returns the profiles concerned.
 */
export async function carryOutRedactions(
  tx: Tx,
  input: { shopId: number; facts: CustomerRedactFact[]; now: Date },
): Promise<{ profileIds: bigint[] }> {
  const { shopId, facts, now } = input;
  await openRequests(tx, { shopId, kind: 'customer_redact', facts });
  await lockPeople(tx, { shopId });
  const subjects = await findSubjects(tx, { shopId, asked: facts });
  await suppress(tx, { shopId, emails: subjects.emails, reason: 'redacted', now });
  const own = new Set(subjects.emails);
  const told = facts.map(({ subject }) => ({
    ...subject,
    email: subject.email !== null && own.has(subject.email) ? subject.email : null,
  }));
  const { profileIds } = await writeTombstones(tx, { shopId, profileIds: subjects.profileIds, told, now });
  await forgetPeople(tx, { shopId, subjects: { ...subjects, profileIds }, now });
  const { finished } = await scrubDeliveries(tx, {
    shopId,
    limit: deliveriesAtOnce,
    now,
    restart: true,
    phones: subjects.phones,
    orderIds: subjects.orderIds,
  });
  if (finished) await finishRedactions(tx, { shopId, now });
  return { profileIds };
}

/** All open redactions are done: the deliveries were searched to the end since the last of them. */
export async function finishRedactions(tx: Tx, input: { shopId: number; now: Date }): Promise<void> {
  await tx.privacyRequest.updateMany({
    where: { shopId: input.shopId, kind: 'customer_redact', status: 'open' },
    data: { status: 'done', finishedAt: input.now },
  });
}
