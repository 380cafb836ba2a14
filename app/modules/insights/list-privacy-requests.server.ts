import type { Tx } from '~/platform/db/index.server';
import { iso, isoOrNull } from './iso';
import type { PrivacyRequestRow } from './types';

interface Row {
  id: bigint;
  kind: string;
  customer_id: bigint | null;
  status: string;
  requested_at: Date;
  due_at: Date;
  finished_at: Date | null;
  has_export: boolean;
}

/** What people asked for through Shopify (their data, their erasure), newest first. */
export async function listPrivacyRequests(
  tx: Tx,
  input: { shopId: number; limit: number },
): Promise<PrivacyRequestRow[]> {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT id, kind, customer_id, status, requested_at, due_at, finished_at, export IS NOT NULL AS has_export
    FROM privacy_requests WHERE shop_id = ${input.shopId} ORDER BY id DESC LIMIT ${input.limit}`;
  return rows.map((row) => ({
    id: String(row.id),
    kind: row.kind,
    customerId: row.customer_id === null ? null : String(row.customer_id),
    status: row.status,
    requestedAt: iso(row.requested_at),
    dueAt: iso(row.due_at),
    finishedAt: isoOrNull(row.finished_at),
    hasExport: row.has_export,
  }));
}
