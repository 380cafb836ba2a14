import { z } from 'zod';
import type { Tx } from '~/platform/db/index.server';
import { exportUntil } from './export-until';
import type { PrivacyRequestSummary } from './types';

const summaryRows = z.array(
  z.object({
    id: z.bigint(),
    kind: z.enum(['data_request', 'customer_redact', 'shop_redact']),
    status: z.enum(['open', 'done']),
    customer_id: z.bigint().nullable(),
    requested_at: z.date(),
    due_at: z.date(),
    finished_at: z.date().nullable(),
    has_export: z.boolean(),
  }),
);

/** The newest compliance requests of a shop, for the merchant; at most `limit` (100 when not told). */
export async function listPrivacyRequests(
  tx: Tx,
  input: { shopId: number; limit?: number },
): Promise<PrivacyRequestSummary[]> {
  const rows = await tx.$queryRaw`
    SELECT id, kind, status, customer_id, requested_at, due_at, finished_at, export IS NOT NULL AS has_export
    FROM privacy_requests WHERE shop_id = ${input.shopId} ORDER BY id DESC LIMIT ${input.limit ?? 100}`;
  return summaryRows.parse(rows).map((row) => ({
    id: row.id.toString(),
    kind: row.kind,
    status: row.status,
    customerId: row.customer_id?.toString() ?? null,
    requestedAt: row.requested_at,
    dueAt: row.due_at,
    finishedAt: row.finished_at,
    exportUntil: row.has_export && row.finished_at ? exportUntil(row.finished_at) : null,
  }));
}
