import { tombstoneOf } from '~/modules/customers/index.server';
import type { Tx } from '~/platform/db/index.server';
import { listKeys } from './subjects.server';
import type { DataSubject } from './types';

export interface WriteTombstonesInput {
  shopId: number;
  profileIds: bigint[];
  told: DataSubject[];
  now: Date;
}

/**
 * Leaves a keyed hash of every Shopify id and address these people were known by (and were asked to be forgotten by), so that
 * a late fact does not bring them back. Has to run before they are forgotten. Numbers leave none: families share them.
 * Whoever we never knew gets an empty profile to hang the hash on. Idempotent. Returns every profile concerned.
 */
export async function writeTombstones(
  tx: Tx,
  input: WriteTombstonesInput,
): Promise<{ profileIds: bigint[] }> {
  const { shopId, now } = input;
  const keys = await listKeys(tx, shopId, input.profileIds);
  const known = new Map(keys.map(({ kind, value, profileId }) => [`${kind}:${value}`, profileId]));
  const tombstones = new Map<string, bigint>();
  for (const { kind, value, profileId } of keys) {
    const hash = tombstone(kind, value);
    if (hash) tombstones.set(hash, profileId);
  }
  const strangers = await findStrangers(tx, shopId, input.told, known);
  const added = await tx.profile.createManyAndReturn({
    data: strangers.map(() => ({ shopId, firstSeenAt: now, redactedAt: now })),
    select: { id: true },
  });
  strangers.forEach((hashes, index) => {
    const profileId = added[index]?.id;
    if (profileId !== undefined) hashes.forEach((hash) => tombstones.set(hash, profileId));
  });
  // A person known by one key may be asked about by another one, too.
  for (const subject of input.told) {
    const all = keysOf(subject);
    const holder = all.map(({ kind, value }) => known.get(`${kind}:${value}`)).find((id) => id !== undefined);
    if (holder === undefined) continue;
    for (const { hash } of all) if (!tombstones.has(hash)) tombstones.set(hash, holder);
  }
  const rows = [...tombstones].map(([value, profileId]) => ({
    shopId,
    kind: 'redacted',
    value,
    profileId,
    assertedAt: now,
  }));
  await tx.profileIdentity.createMany({ data: rows, skipDuplicates: true });
  return { profileIds: [...input.profileIds, ...added.map((profile) => profile.id)] };
}

function tombstone(kind: string, value: string): string | null {
  return kind === 'shopify' || kind === 'email' ? tombstoneOf({ kind, value }) : null;
}

function keysOf({ shopifyCustomerId, email }: DataSubject): { kind: string; value: string; hash: string }[] {
  const keys = [
    ...(shopifyCustomerId === null ? [] : [{ kind: 'shopify', value: String(shopifyCustomerId) }]),
    ...(email === null ? [] : [{ kind: 'email', value: email }]),
  ];
  return keys.flatMap(({ kind, value }) => {
    const hash = tombstone(kind, value);
    return hash ? [{ kind, value, hash }] : [];
  });
}

/** The hashes of each person of whom neither a profile nor a tombstone is known. */
async function findStrangers(
  tx: Tx,
  shopId: number,
  told: DataSubject[],
  known: Map<string, bigint>,
): Promise<string[][]> {
  const unknown = told
    .map(keysOf)
    .filter((keys) => keys.length > 0 && keys.every(({ kind, value }) => !known.has(`${kind}:${value}`)))
    .map((keys) => keys.map(({ hash }) => hash));
  if (unknown.length === 0) return [];
  const buried = await tx.profileIdentity.findMany({
    where: { shopId, kind: 'redacted', value: { in: unknown.flat() } },
    select: { value: true },
  });
  const hashes = new Set(buried.map(({ value }) => value));
  return joinOverlapping(unknown.filter((own) => !own.some((hash) => hashes.has(hash))));
}

/** One person may be asked about twice in a batch. */
function joinOverlapping(groups: string[][]): string[][] {
  const joined: Set<string>[] = [];
  for (const group of groups) {
    const same = joined.find((known) => group.some((hash) => known.has(hash)));
    if (same) group.forEach((hash) => same.add(hash));
    else joined.push(new Set(group));
  }
  return joined.map((group) => [...group]);
}
