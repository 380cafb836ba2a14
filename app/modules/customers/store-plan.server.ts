import type { Tx } from '~/platform/db/index.server';
import { describeProfile } from './describe-profile';
import { keyText, type Identity } from './identity-claims';
import { type IdentityPlan, type MergePlan, type Owner } from './plan-identities';
import { listIdentitiesOfProfiles, saveIdentities } from './identity-rows.server';

interface Move {
  kind: 'email' | 'phone';
  value: string;
  fromProfileId: bigint;
  intoProfileId: bigint;
}

/** Writes what was decided: identities, the profiles they describe, and what other tables must be re-pointed for. */
export async function storePlan(
  tx: Tx,
  input: { shopId: number; plan: IdentityPlan; idOf: (owner: Owner) => bigint },
): Promise<void> {
  const { shopId, plan, idOf } = input;
  if (plan.changed.length === 0 && plan.merges.length === 0) return;
  const changed = plan.changed.map(({ identity, owner }) => ({ ...identity, profileId: idOf(owner) }));
  const moves: Move[] = plan.moves.map(({ into, ...move }) => ({ ...move, intoProfileId: idOf(into) }));
  const rewired = [...plan.merges, ...moves].flatMap((each) => [each.fromProfileId, each.intoProfileId]);
  const touched = [...new Set([...changed.map(({ profileId }) => profileId), ...rewired])];
  const stored = await listIdentitiesOfProfiles(tx, { shopId, profileIds: touched });
  const followed = followers(stored, changed, moves);
  const now = overlay(stored, [...changed, ...followed.identities], plan.merges);
  if (rewired.length > 0) await letGo(tx, { shopId, profileIds: rewired });
  await saveDescriptions(tx, { shopId, identities: now, profileIds: touched, merges: plan.merges });
  await mergeOwnRows(tx, { shopId, merges: plan.merges });
  await saveIdentities(tx, { shopId, identities: [...changed, ...followed.identities] });
  await announce(tx, { shopId, merges: plan.merges, moves: [...moves, ...followed.moves] });
}

/** Numbers known through an address only go where the address goes. */
function followers(
  stored: Identity[],
  changed: Identity[],
  moves: Move[],
): { identities: (Identity & { profileId: bigint })[]; moves: Move[] } {
  const decided = new Set(changed.map(keyText));
  const found: { identity: Identity & { profileId: bigint }; move: Move }[] = [];
  for (const move of moves) {
    for (const identity of stored) {
      if (identity.kind !== 'phone' || identity.subject !== keyText(move) || decided.has(keyText(identity)))
        continue;
      const { intoProfileId, fromProfileId } = move;
      found.push({
        identity: { ...identity, profileId: intoProfileId },
        move: { kind: 'phone', value: identity.value, fromProfileId, intoProfileId },
      });
    }
  }
  return { identities: found.map(({ identity }) => identity), moves: found.map(({ move }) => move) };
}

/** The identities of the touched profiles as they will be. */
function overlay(stored: Identity[], changed: Identity[], merges: MergePlan[]): Identity[] {
  const into = new Map(merges.map(({ fromProfileId, intoProfileId }) => [fromProfileId, intoProfileId]));
  const byKey = new Map<string, Identity>();
  for (const identity of stored) {
    const survivor = identity.profileId === null ? undefined : into.get(identity.profileId);
    byKey.set(keyText(identity), survivor === undefined ? identity : { ...identity, profileId: survivor });
  }
  for (const identity of changed) byKey.set(keyText(identity), identity);
  return [...byKey.values()];
}

/** Addresses and Shopify ids are unique among living profiles: before they change hands, nobody has them. */
async function letGo(tx: Tx, input: { shopId: number; profileIds: bigint[] }): Promise<void> {
  await tx.$executeRaw`
    UPDATE profiles SET email = NULL, shopify_customer_id = NULL
    WHERE shop_id = ${input.shopId} AND id = ANY(${input.profileIds}::bigint[])`;
}

async function saveDescriptions(
  tx: Tx,
  input: { shopId: number; identities: Identity[]; profileIds: bigint[]; merges: MergePlan[] },
): Promise<void> {
  const merged = new Set(input.merges.map(({ fromProfileId }) => fromProfileId));
  const identitiesOf = new Map<bigint | null, Identity[]>();
  for (const identity of input.identities) {
    identitiesOf.set(identity.profileId, [...(identitiesOf.get(identity.profileId) ?? []), identity]);
  }
  const rows = input.profileIds
    .filter((id) => !merged.has(id))
    .map((id) => ({ id: id.toString(), ...describeProfile(identitiesOf.get(id) ?? []) }));
  await tx.$executeRaw`
    INSERT INTO profiles AS p
      (shop_id, id, shopify_customer_id, email, phone, first_name, last_name, locale, country, city, tags,
       shopify_created_at, shopify_updated_at, first_seen_at, deleted_at)
    SELECT ${input.shopId}, r.* FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(
      id bigint, "shopifyCustomerId" bigint, email text, phone text, "firstName" text, "lastName" text, locale text,
      country text, city text, tags text[], "shopifyCreatedAt" timestamptz, "shopifyUpdatedAt" timestamptz,
      "firstSeenAt" timestamptz, "deletedAt" timestamptz)
    ON CONFLICT (shop_id, id) DO UPDATE SET
      shopify_customer_id = excluded.shopify_customer_id, email = excluded.email, phone = excluded.phone,
      first_name = excluded.first_name, last_name = excluded.last_name, locale = excluded.locale,
      country = excluded.country, city = excluded.city, tags = excluded.tags,
      shopify_created_at = excluded.shopify_created_at, shopify_updated_at = excluded.shopify_updated_at,
      first_seen_at = excluded.first_seen_at, deleted_at = excluded.deleted_at
    WHERE (p.shopify_customer_id, p.email, p.phone, p.first_name, p.last_name, p.locale, p.country, p.city, p.tags,
           p.shopify_created_at, p.shopify_updated_at, p.first_seen_at, p.deleted_at)
      IS DISTINCT FROM
          (excluded.shopify_customer_id, excluded.email, excluded.phone, excluded.first_name, excluded.last_name,
           excluded.locale, excluded.country, excluded.city, excluded.tags, excluded.shopify_created_at,
           excluded.shopify_updated_at, excluded.first_seen_at, excluded.deleted_at)`;
}

/** A merged profile stays as a signpost without personal data; everything of this module moves to the survivor. */
async function mergeOwnRows(tx: Tx, input: { shopId: number; merges: MergePlan[] }): Promise<void> {
  const { shopId, merges } = input;
  if (merges.length === 0) return;
  const from = merges.map(({ fromProfileId }) => fromProfileId);
  const into = merges.map(({ intoProfileId }) => intoProfileId);
  await tx.$executeRaw`
    UPDATE profile_identities i SET profile_id = m.into_id
    FROM unnest(${from}::bigint[], ${into}::bigint[]) AS m(from_id, into_id)
    WHERE i.shop_id = ${shopId} AND i.profile_id = m.from_id`;
  await tx.$executeRaw`
    UPDATE timeline_events t SET profile_id = m.into_id
    FROM unnest(${from}::bigint[], ${into}::bigint[]) AS m(from_id, into_id)
    WHERE t.shop_id = ${shopId} AND t.profile_id = m.from_id`;
  await tx.$executeRaw`
    DELETE FROM profile_traits WHERE shop_id = ${shopId} AND profile_id = ANY(${from}::bigint[])`;
  await tx.$executeRaw`
    UPDATE profiles p SET
      merged_into_id = m.into_id, shopify_customer_id = NULL, email = NULL, phone = NULL, first_name = NULL,
      last_name = NULL, locale = NULL, country = NULL, city = NULL, tags = '{}'
    FROM unnest(${from}::bigint[], ${into}::bigint[]) AS m(from_id, into_id)
    WHERE p.shop_id = ${shopId} AND (p.id = m.from_id OR p.merged_into_id = m.from_id)`;
}

async function announce(
  tx: Tx,
  input: { shopId: number; merges: MergePlan[]; moves: Move[] },
): Promise<void> {
  const { shopId, merges, moves } = input;
  if (merges.length === 0 && moves.length === 0) return;
  const rows = [...merges.map((merge) => ({ kind: 'merge', value: null, ...merge })), ...moves].map(
    (row) => ({
      ...row,
      fromProfileId: row.fromProfileId.toString(),
      intoProfileId: row.intoProfileId.toString(),
    }),
  );
  await tx.$executeRaw`
    INSERT INTO profile_repoints (shop_id, kind, value, from_profile_id, into_profile_id)
    SELECT ${shopId}, r.* FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS r(kind text, value text, "fromProfileId" bigint, "intoProfileId" bigint)`;
}
