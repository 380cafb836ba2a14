import type { Tx } from '~/platform/db/index.server';
import type { TimelineInput } from './types';

/**
 * Records happenings, each once by (kind, key). Recording one again with the same content writes nothing; with other
 * content (an order changed hands, its amount was edited) the new content stands; with nobody (the order of a person who
 * was taken off it) it goes.
 */
export async function recordTimeline(
  tx: Tx,
  input: { shopId: number; events: (Omit<TimelineInput, 'profileId'> & { profileId: bigint | null })[] },
): Promise<void> {
  const { shopId, events } = input;
  await remove(tx, { shopId, events: events.filter(({ profileId }) => profileId === null) });
  await write(tx, { shopId, events: events.flatMap((event) => withPerson(event) ?? []) });
}

function withPerson({
  profileId,
  ...event
}: Omit<TimelineInput, 'profileId'> & { profileId: bigint | null }): TimelineInput | null {
  return profileId === null ? null : { ...event, profileId };
}

async function remove(
  tx: Tx,
  input: { shopId: number; events: Pick<TimelineInput, 'kind' | 'key'>[] },
): Promise<void> {
  if (input.events.length === 0) return;
  await tx.$executeRaw`
    DELETE FROM timeline_events t
    USING unnest(${input.events.map(({ kind }) => kind)}::text[], ${input.events.map(({ key }) => key)}::text[]) AS g(kind, key)
    WHERE t.shop_id = ${input.shopId} AND t.kind = g.kind AND t.key = g.key`;
}

async function write(tx: Tx, input: { shopId: number; events: TimelineInput[] }): Promise<void> {
  if (input.events.length === 0) return;
  const rows = input.events.map((event) => ({
    profile_id: event.profileId.toString(),
    kind: event.kind,
    key: event.key,
    occurred_at: event.occurredAt,
    data: event.data ?? {},
  }));
  await tx.$executeRaw`
    INSERT INTO timeline_events (shop_id, profile_id, kind, key, occurred_at, data)
    SELECT DISTINCT ON (r.kind, r.key) ${input.shopId}, r.profile_id, r.kind, r.key, r.occurred_at, r.data
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS r(profile_id bigint, kind text, key text, occurred_at timestamptz, data jsonb)
    LEFT JOIN timeline_events t ON t.shop_id = ${input.shopId} AND t.kind = r.kind AND t.key = r.key
    WHERE t.id IS NULL
       OR (t.profile_id, t.occurred_at, t.data) IS DISTINCT FROM (r.profile_id, r.occurred_at, r.data)
    ORDER BY r.kind, r.key, r.occurred_at DESC
    ON CONFLICT (shop_id, kind, key) DO UPDATE
      SET profile_id = excluded.profile_id, occurred_at = excluded.occurred_at, data = excluded.data`;
}
