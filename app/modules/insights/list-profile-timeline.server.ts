import { Prisma, type Tx } from '~/platform/db/index.server';
import { isTimeAndId, readCursor, toPage } from './cursor';
import { keyset, timeAndId } from './keyset.server';
import { toTimelineEntry, type TimelineRow } from './timeline-row';
import type { ListPage, PageCursor, TimelineEntry } from './types';

/** What happened to a person, newest first. */
export async function listProfileTimeline(
  tx: Tx,
  input: { shopId: number; profileId: bigint; cursor: PageCursor; limit: number },
): Promise<ListPage<TimelineEntry>> {
  const reading = readCursor(input.cursor, isTimeAndId);
  const { from, order } = keyset(reading, {
    by: Prisma.sql`occurred_at`,
    id: Prisma.sql`id`,
    value: timeAndId,
  });
  const rows = await tx.$queryRaw<TimelineRow[]>`
    SELECT id, kind, occurred_at, data FROM timeline_events
    WHERE shop_id = ${input.shopId} AND profile_id = ${input.profileId} ${from}
    ORDER BY ${order} LIMIT ${input.limit + 1}`;
  return toPage(rows, {
    limit: input.limit,
    reading,
    place: (row) => [row.occurred_at.toISOString(), String(row.id)],
    item: toTimelineEntry,
  });
}
