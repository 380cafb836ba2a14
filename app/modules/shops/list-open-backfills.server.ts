import { z } from 'zod';
import type { Tx } from '~/platform/db/index.server';
import { backfillKinds, type OpenBackfill } from './types';

const openStatuses = ['requested', 'running', 'ingesting'] as const;
const statusSchema = z.enum(openStatuses);
const kindSchema = z.enum(backfillKinds);

/** Imports that are not finished, in the order their results are taken in: products, customers, orders. */
export async function listOpenBackfills(tx: Tx, input: { shopId: number }): Promise<OpenBackfill[]> {
  const rows = await tx.backfillRun.findMany({
    where: { shopId: input.shopId, status: { in: [...openStatuses] } },
  });
  return rows
    .map((row) => ({
      id: row.id,
      kind: kindSchema.parse(row.kind),
      status: statusSchema.parse(row.status),
      operationId: row.operationId,
      resultUrl: row.resultUrl,
      since: row.since,
      ingestedLines: row.ingestedLines,
      attempts: row.attempts,
      error: row.error,
    }))
    .sort((a, b) => backfillKinds.indexOf(a.kind) - backfillKinds.indexOf(b.kind));
}
