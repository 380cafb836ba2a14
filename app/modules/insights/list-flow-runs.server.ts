import { Prisma, type Tx } from '~/platform/db/index.server';
import { isTimeAndId, readCursor, toPage } from './cursor';
import { fullName, iso, isoOrNull } from './iso';
import { keyset, timeAndId } from './keyset.server';
import type { FlowRunRow, ListPage, PageCursor } from './types';

interface Row {
  id: bigint;
  profile_id: bigint;
  first_name: string | null;
  last_name: string | null;
  email: string | null;
  state: string;
  node_key: string;
  due_at: Date | null;
  holdout: boolean;
  error: string | null;
  entered_at: Date;
  finished_at: Date | null;
  exit_reason: string | null;
  mails: bigint;
}

/** Who went through a flow and how it ended, newest first. */
export async function listFlowRuns(
  tx: Tx,
  input: { shopId: number; flowKey: string; cursor: PageCursor; limit: number },
): Promise<ListPage<FlowRunRow>> {
  const { shopId, flowKey, limit } = input;
  const reading = readCursor(input.cursor, isTimeAndId);
  const { from, order } = keyset(reading, {
    by: Prisma.sql`r.entered_at`,
    id: Prisma.sql`r.id`,
    value: timeAndId,
  });
  const rows = await tx.$queryRaw<Row[]>`
    SELECT r.id, r.profile_id, p.first_name, p.last_name, p.email, r.state, r.node_key, r.due_at, r.holdout, r.error, r.entered_at,
           r.finished_at, r.exit_reason,
           (SELECT count(*) FROM messages m WHERE m.shop_id = r.shop_id AND m.profile_id = r.profile_id
              AND m.flow_run_id = r.id AND m.sent_at IS NOT NULL) AS mails
    FROM flow_runs r LEFT JOIN profiles p ON p.shop_id = r.shop_id AND p.id = r.profile_id
    WHERE r.shop_id = ${shopId} AND r.flow_key = ${flowKey} ${from} ORDER BY ${order} LIMIT ${limit + 1}`;
  return toPage(rows, {
    limit,
    reading,
    place: (row) => [row.entered_at.toISOString(), String(row.id)],
    item: toFlowRun,
  });
}

function toFlowRun(row: Row): FlowRunRow {
  return {
    id: String(row.id),
    profileId: String(row.profile_id),
    profileName: fullName(row.first_name, row.last_name) ?? row.email,
    state: row.state,
    nodeKey: row.node_key,
    dueAt: isoOrNull(row.due_at),
    holdout: row.holdout,
    error: row.error,
    enteredAt: iso(row.entered_at),
    finishedAt: isoOrNull(row.finished_at),
    exitReason: row.exit_reason,
    mails: Number(row.mails),
  };
}
