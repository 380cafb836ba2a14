import { Prisma, type Tx } from '~/platform/db/index.server';
import type { Identity, IdentityKind, Key } from './identity-claims';
import { toldSchema } from './told';

interface Row {
  kind: IdentityKind;
  value: string;
  profile_id: bigint;
  rank: number;
  asserted_at: Date;
  subject: string;
  merged_into: string | null;
  first_seen_at: Date | null;
  told: unknown;
}

const columns = Prisma.sql`i.kind, i.value, i.profile_id, i.rank, i.asserted_at, i.subject, i.merged_into, i.first_seen_at, i.told`;

export async function listIdentities(tx: Tx, input: { shopId: number; keys: Key[] }): Promise<Identity[]> {
  const kinds = input.keys.map(({ kind }) => kind);
  const values = input.keys.map(({ value }) => value);
  const rows = await tx.$queryRaw<Row[]>`
    SELECT ${columns} FROM unnest(${kinds}::text[], ${values}::text[]) AS k(kind, value)
    JOIN profile_identities i ON i.shop_id = ${input.shopId} AND i.kind = k.kind AND i.value = k.value`;
  return rows.map(toIdentity);
}

export async function listIdentitiesOfProfiles(
  tx: Tx,
  input: { shopId: number; profileIds: bigint[] },
): Promise<Identity[]> {
  if (input.profileIds.length === 0) return [];
  const rows = await tx.$queryRaw<Row[]>`
    SELECT ${columns} FROM profile_identities i
    WHERE i.shop_id = ${input.shopId} AND i.profile_id = ANY(${input.profileIds}::bigint[]) AND i.kind <> 'redacted'`;
  return rows.map(toIdentity);
}

export async function saveIdentities(
  tx: Tx,
  input: { shopId: number; identities: Identity[] },
): Promise<void> {
  if (input.identities.length === 0) return;
  const rows = input.identities.map((identity) => ({
    kind: identity.kind,
    value: identity.value,
    profile_id: identity.profileId?.toString(),
    rank: identity.rank,
    asserted_at: identity.assertedAt,
    subject: identity.subject,
    merged_into: identity.mergedInto,
    first_seen_at: identity.firstSeenAt,
    told: identity.told,
  }));
  await tx.$executeRaw`
    INSERT INTO profile_identities
      (shop_id, kind, value, profile_id, rank, asserted_at, subject, merged_into, first_seen_at, told)
    SELECT ${input.shopId}, r.* FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(
      kind text, value text, profile_id bigint, rank smallint, asserted_at timestamptz, subject text,
      merged_into text, first_seen_at timestamptz, told jsonb)
    ON CONFLICT (shop_id, kind, value) DO UPDATE SET
      profile_id = excluded.profile_id, rank = excluded.rank, asserted_at = excluded.asserted_at,
      subject = excluded.subject, merged_into = excluded.merged_into, first_seen_at = excluded.first_seen_at,
      told = excluded.told`;
}

function toIdentity(row: Row): Identity {
  return {
    kind: row.kind,
    value: row.value,
    profileId: row.profile_id,
    rank: row.rank,
    assertedAt: row.asserted_at,
    subject: row.subject,
    mergedInto: row.merged_into,
    firstSeenAt: row.first_seen_at,
    told: toldSchema.parse(row.told),
  };
}
