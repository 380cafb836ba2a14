import type { Tx } from '~/platform/db/index.server';
import { findForgotten } from './find-forgotten.server';
import { keyText, keysOf, type Key, type Telling } from './identity-claims';
import { planIdentities, type Owner } from './plan-identities';
import { listIdentities } from './identity-rows.server';
import { lockPeople } from './lock-people.server';
import { storePlan } from './store-plan.server';

export interface Told {
  /** Whose each telling was, in their order; null for nobody and for the erased. */
  profileIds: (bigint | null)[];
  merges: { fromProfileId: bigint; intoProfileId: bigint }[];
}

/**
 * The one place where people come into being, gain identities and become one. One transaction of a shop at a time is in
 * here (an advisory lock, held until its end): whoever resolved a profile can rely on it until the commit.
 */
export async function tell(tx: Tx, input: { shopId: number; tellings: Telling[] }): Promise<Told> {
  const { shopId, tellings } = input;
  const keys = distinctKeys(tellings);
  if (keys.length === 0) return { profileIds: tellings.map(() => null), merges: [] };
  await lockPeople(tx, { shopId });
  const known = await listIdentities(tx, { shopId, keys });
  const found = new Set(known.map(keyText));
  const forgotten = await findForgotten(tx, { shopId, keys: keys.filter((key) => !found.has(keyText(key))) });
  const plan = planIdentities(known, tellings, forgotten);
  const idOf = await namer(tx, plan.newProfiles);
  await storePlan(tx, { shopId, plan, idOf });
  return {
    profileIds: plan.owners.map((owner) => (owner === null ? null : idOf(owner))),
    merges: plan.merges,
  };
}

function distinctKeys(tellings: Telling[]): Key[] {
  const keys = new Map<string, Key>();
  for (const key of tellings.flatMap(keysOf)) keys.set(keyText(key), { kind: key.kind, value: key.value });
  return [...keys.values()];
}

/** Draws the ids of the new profiles, so that identities can name them in the same statement. */
async function namer(tx: Tx, count: number): Promise<(owner: Owner) => bigint> {
  const drawn =
    count === 0
      ? []
      : await tx.$queryRaw<{ id: bigint }[]>`
          SELECT nextval('profiles_id_seq') AS id FROM generate_series(1, ${count})`;
  return (owner) => {
    if ('existing' in owner) return owner.existing;
    const row = drawn[owner.created];
    if (!row) throw new Error(`no id was drawn for new profile ${owner.created}`);
    return row.id;
  };
}
