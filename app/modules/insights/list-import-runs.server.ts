import { Prisma, type Tx } from '~/platform/db/index.server';
import { iso, isoOrNull } from './iso';
import type { ImportRun } from './types';

interface Row {
  id: bigint;
  kind: string;
  reason: string;
  status: string;
  total_objects: number;
  ingested_lines: number;
  error: string | null;
  started_at: Date;
  finished_at: Date | null;
}

/** Imports from Shopify, newest first: all the latest, or only those running now. */
export async function listImportRuns(
  tx: Tx,
  input: { shopId: number; runningOnly: boolean; limit: number },
): Promise<ImportRun[]> {
  const running = input.runningOnly
    ? Prisma.sql`AND status IN ('requested', 'running', 'ingesting')`
    : Prisma.empty;
  const rows = await tx.$queryRaw<Row[]>`
    SELECT id, kind, reason, status, total_objects, ingested_lines, error, started_at, finished_at FROM backfill_runs
    WHERE shop_id = ${input.shopId} ${running} ORDER BY started_at DESC, id DESC LIMIT ${input.limit}`;
  return rows.map((row) => ({
    id: String(row.id),
    kind: row.kind,
    reason: row.reason,
    status: row.status,
    totalObjects: row.total_objects,
    ingestedLines: row.ingested_lines,
    error: row.error,
    startedAt: iso(row.started_at),
    finishedAt: isoOrNull(row.finished_at),
  }));
}
