import type { Tx } from '~/platform/db/index.server';
import type { TierStanding } from './types';

export interface SaveStandingsInput {
  shopId: number;
  version: number; // of the programme they were computed by
  profileIds: bigint[]; // all that were looked at: who has no standing any more loses the row
  standings: (TierStanding & { profileId: bigint })[];
  now: Date;
}

/** Writes where people stand; rows that would not change are not written. Notes down whose tier did, for Shopify. */
export async function saveStandings(tx: Tx, input: SaveStandingsInput): Promise<void> {
  const { shopId, version, profileIds, standings, now } = input;
  const gone = new Set(profileIds);
  for (const { profileId } of standings) gone.delete(profileId);
  if (gone.size > 0)
    await tx.$executeRaw`
      WITH gone AS (
        DELETE FROM profile_tiers WHERE shop_id = ${shopId} AND profile_id = ANY (${[...gone]}::bigint[])
        RETURNING profile_id, version, tier_id)
      INSERT INTO standing_changes (shop_id, profile_id, changed_at, from_tier, tier_changed)
      SELECT ${shopId}::int, profile_id, ${now}::timestamptz, tiers.name, true
      FROM gone LEFT JOIN tiers ON tiers.shop_id = ${shopId} AND tiers.version = gone.version AND tiers.id = gone.tier_id
      WHERE gone.tier_id IS NOT NULL`;
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
  // A statement sees the tables as they were before it: `known` is where people stood.
  await tx.$executeRaw`
    WITH saved AS (
    INSERT INTO profile_tiers AS t (shop_id, profile_id, version, tier_id, since, until, in_grace, figure, changes_at)
    SELECT ${shopId}::int, r.profile_id, ${version}::int, r.tier_id, r.since, r.until, r.in_grace, r.figure, r.changes_at
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(profile_id bigint, tier_id int, since timestamptz,
      until timestamptz, in_grace boolean, figure numeric, changes_at timestamptz)
    ORDER BY r.profile_id
    ON CONFLICT (shop_id, profile_id) DO UPDATE SET version = excluded.version, tier_id = excluded.tier_id,
      since = excluded.since, until = excluded.until, in_grace = excluded.in_grace, figure = excluded.figure,
      changes_at = excluded.changes_at
    WHERE (t.version, t.tier_id, t.since, t.until, t.in_grace, t.figure, t.changes_at) IS DISTINCT FROM
      (excluded.version, excluded.tier_id, excluded.since, excluded.until, excluded.in_grace, excluded.figure, excluded.changes_at)
    RETURNING profile_id, version, tier_id)
    INSERT INTO standing_changes (shop_id, profile_id, changed_at, from_tier, to_tier, tier_changed)
    SELECT ${shopId}::int, saved.profile_id, ${now}::timestamptz, was.name, is_now.name,
      saved.tier_id IS DISTINCT FROM known.tier_id
    FROM saved
    LEFT JOIN profile_tiers known ON known.shop_id = ${shopId} AND known.profile_id = saved.profile_id
    LEFT JOIN tiers was ON was.shop_id = ${shopId} AND was.version = known.version AND was.id = known.tier_id
    LEFT JOIN tiers is_now ON is_now.shop_id = ${shopId} AND is_now.version = saved.version AND is_now.id = saved.tier_id
    WHERE (saved.tier_id, CASE WHEN saved.tier_id IS NOT NULL THEN saved.version END)
      IS DISTINCT FROM (known.tier_id, CASE WHEN known.tier_id IS NOT NULL THEN known.version END)`;
}
