import type { Tx } from '~/platform/db/index.server';
import { AppError } from '~/platform/errors';
import { programmeInForce, standingOf, type PersonOrder } from './qualifying-history';
import { readTierPeople } from './read-tier-people.server';
import { readTierProgrammes } from './read-tier-programmes.server';
import { tierDraftSchema, toProgramme, type TierDraft } from './tier-draft';
import type { TierMove, TierPreview, TierProgramme } from './types';

const sampleSize = 5_000;
const batch = 1_000;

/**
 * Who would move if the tiers became these: counts from tier to tier, those who stay included. Up to 5,000 people with
 * orders it is exact; beyond, an estimate from a sample of them spread over the shop. Changes nothing. Throws `invalid`.
 */
export async function previewTiers(
  tx: Tx,
  input: { shopId: number; draft: TierDraft; now: Date },
): Promise<TierPreview> {
  const { shopId, now } = input;
  const parsed = tierDraftSchema.safeParse(input.draft);
  if (!parsed.success)
    throw new AppError('invalid', {
      message: `tiers: ${parsed.error.message}`,
      userMessage: 'Correct the marked fields first.',
    });
  const versions = await readTierProgrammes(tx, { shopId });
  const current = programmeInForce(versions, now);
  const next = toProgramme(parsed.data, versions, now);
  const { profileIds, people } = await choosePeople(tx, shopId);
  const moves = new Map<string, TierMove>();
  for (let from = 0; from < profileIds.length; from += batch) {
    const chosen = profileIds.slice(from, from + batch);
    const read = await readTierPeople(tx, { shopId, profileIds: chosen, withRules: true, now });
    for (const orders of read.orders.values()) {
      count(moves, move(orders, current, next, { now, timeZone: read.timeZone }));
    }
  }
  const share = profileIds.length === 0 ? 1 : people / profileIds.length;
  return {
    people,
    exact: people <= profileIds.length,
    moves: [...moves.values()].map((each) => ({ ...each, people: Math.round(each.people * share) })),
  };
}

async function choosePeople(tx: Tx, shopId: number): Promise<{ profileIds: bigint[]; people: number }> {
  const [counted] = await tx.$queryRaw<{ people: number }[]>`
    SELECT count(*)::int AS people FROM profile_traits WHERE shop_id = ${shopId} AND orders_count > 0`;
  const people = counted?.people ?? 0;
  const every = Math.max(1, Math.floor(people / sampleSize));
  const rows = await tx.$queryRaw<{ profile_id: bigint }[]>`
    SELECT profile_id FROM profile_traits
    WHERE shop_id = ${shopId} AND orders_count > 0 AND mod(abs(hashint8(profile_id)::bigint), ${every}::bigint) = 0
    ORDER BY profile_id LIMIT ${sampleSize}`;
  return { profileIds: rows.map((row) => row.profile_id), people };
}

function move(
  orders: PersonOrder[],
  current: TierProgramme | null,
  next: TierProgramme,
  when: { now: Date; timeZone: string },
): Omit<TierMove, 'people'> {
  const before = current && standingOf(orders, current, when).tier;
  const after = standingOf(orders, next, when).tier;
  const rank = (id: number | undefined) => next.tiers.findIndex((tier) => tier.id === id);
  const direction =
    before?.id === after?.id ? 'stays' : rank(after?.id) > rank(before?.id) ? 'rises' : 'falls';
  return { from: before?.name ?? null, to: after?.name ?? null, direction };
}

function count(moves: Map<string, TierMove>, one: Omit<TierMove, 'people'>): void {
  const key = JSON.stringify([one.from, one.to]);
  moves.set(key, { ...one, people: (moves.get(key)?.people ?? 0) + 1 });
}
