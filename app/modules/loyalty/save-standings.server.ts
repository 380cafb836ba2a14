import type { Tx } from '~/platform/db/index.server';
import type { TierStanding } from './types';

export interface SaveStandingsInput {
  shopId: number;
  version: number; // of the programme they were computed by
  profileIds: bigint[]; // all that were looked at: who has no standing any more loses the row
  standings: (TierStanding & { profileId: bigint })[];
}

/** Writes where people stand; rows that would not change are not written. */
export async function saveStandings(tx: Tx, input: SaveStandingsInput): Promise<void> {
  const { shopId, version, profileIds, standings } = input;
  const gone = new Set(profileIds);
  for (const { profileId } of standings) gone.delete(profileId);
  if (gone.size > 0)
    await tx.$executeRaw`DELETE FROM profile_tiers WHERE shop_id = ${shopId} AND profile_id = ANY (${[...gone]}::bigint[])`;
  const rows = standings.map(({ profileId, tier, figure, ...rest }) => ({
    profile_id: profileId.toString(),
    tier_id: tier?.id ?? null,
    figure: figure.toString(),
    since: rest.since,
    until: rest.until,
    in_grace: rest.inGrace,
    changes_at: rest.changesAt,
  }));
  if (rows.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO profile_tiers AS t (shop_id, profile_id, version, tier_id, since, until, in_grace, figure, changes_at)
    SELECT ${shopId}::int, r.profile_id, ${version}::int, r.tier_id, r.since, r.until, r.in_grace, r.figure, r.changes_at
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(profile_id bigint, tier_id int, since timestamptz,
      until timestamptz, in_grace boolean, figure numeric, changes_at timestamptz)
    ORDER BY r.profile_id
    ON CONFLICT (shop_id, profile_id) DO UPDATE SET version = excluded.version, tier_id = excluded.tier_id,
      since = excluded.since, until = excluded.until, in_grace = excluded.in_grace, figure = excluded.figure,
      changes_at = excluded.changes_at
    WHERE (t.version, t.tier_id, t.since, t.until, t.in_grace, t.figure, t.changes_at) IS DISTINCT FROM
      (excluded.version, excluded.tier_id, excluded.since, excluded.until, excluded.in_grace, excluded.figure, excluded.changes_at)`;
}
