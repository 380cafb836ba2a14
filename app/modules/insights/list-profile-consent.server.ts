import { Prisma, type Tx } from '~/platform/db/index.server';
import { isTimeAndId, readCursor, toPage } from './cursor';
import { iso } from './iso';
import { keyset, timeAndId } from './keyset.server';
import { flatDataSchema } from './timeline-row';
import type { ConsentEntry, ListPage, PageCursor } from './types';

interface Row {
  id: bigint;
  state: string;
  level: string | null;
  source: string;
  evidence: unknown;
  occurred_at: Date;
  withdrawn_at: Date | null;
}

/** Each change of a person's e-mail consent with its evidence, newest first. */
export async function listProfileConsent(
  tx: Tx,
  input: { shopId: number; profileId: bigint; cursor: PageCursor; limit: number },
): Promise<ListPage<ConsentEntry>> {
  const reading = readCursor(input.cursor, isTimeAndId);
  const { from, order } = keyset(reading, {
    by: Prisma.sql`occurred_at`,
    id: Prisma.sql`id`,
    value: timeAndId,
  });
  const rows = await tx.$queryRaw<Row[]>`
    SELECT id, state, level, source, evidence, occurred_at, withdrawn_at FROM consent_events
    WHERE shop_id = ${input.shopId} AND profile_id = ${input.profileId} AND channel = 'email' ${from}
    ORDER BY ${order} LIMIT ${input.limit + 1}`;
  return toPage(rows, {
    limit: input.limit,
    reading,
    place: (row) => [row.occurred_at.toISOString(), String(row.id)],
    item: (row) => ({
      id: String(row.id),
      state: row.state,
      level: row.level,
      source: row.source,
      evidence: flatDataSchema.parse(row.evidence),
      occurredAt: iso(row.occurred_at),
      withdrawnAt: row.withdrawn_at && iso(row.withdrawn_at),
    }),
  });
}
