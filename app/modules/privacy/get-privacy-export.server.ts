import type { Tx } from '~/platform/db/index.server';
import { notFound } from '~/platform/errors';
import { keptSince } from './export-until';

/**
 * The export of a data request, as JSON text to download. Throws `not_found` when there is none, or its 30 days are over.
 */
export async function getPrivacyExport(
  tx: Tx,
  input: { shopId: number; id: bigint; now: Date },
): Promise<{ fileName: string; json: string }> {
  const rows = await tx.$queryRaw<{ json: string }[]>`
    SELECT jsonb_pretty(export) AS json FROM privacy_requests
    WHERE shop_id = ${input.shopId} AND id = ${input.id} AND export IS NOT NULL AND finished_at > ${keptSince(input.now)}`;
  const [row] = rows;
  if (!row) throw notFound('export');
  return { fileName: `data-request-${input.id}.json`, json: row.json };
}
