import type { Tx } from '~/platform/db/index.server';
import { fullName } from './iso';
import { toTimelineEntry, type TimelineRow } from './timeline-row';
import type { ActivityEntry } from './types';

interface Row extends TimelineRow {
  profile_id: bigint;
  first_name: string | null;
  last_name: string | null;
  email: string | null;
}

/** The latest happenings of the shop, newest first. */
export async function listRecentActivity(
  tx: Tx,
  input: { shopId: number; limit: number },
): Promise<ActivityEntry[]> {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT e.id, e.kind, e.occurred_at, e.data, e.profile_id, p.first_name, p.last_name, p.email
    FROM (SELECT * FROM timeline_events WHERE shop_id = ${input.shopId}
          ORDER BY occurred_at DESC, id LIMIT ${input.limit}) e
    LEFT JOIN profiles p ON p.shop_id = e.shop_id AND p.id = e.profile_id
    ORDER BY e.occurred_at DESC, e.id`;
  return rows.map((row) => ({
    ...toTimelineEntry(row),
    profileId: String(row.profile_id),
    profileName: fullName(row.first_name, row.last_name) ?? row.email,
  }));
}
